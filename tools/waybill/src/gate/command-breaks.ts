import type { JsonSchema } from '@waybill/contracts';
import type { Break } from './break';
import { type Ledger, type LedgerEntry, schemaOf } from './ledger';
import { doing, toSender } from './misfit-words';
import { misfits } from './schema-fit';
import type { Misfit } from './value-fit';

/** Anybody may send a command that is not internal, and nobody knows who does. */
export const outside = 'a producer outside';

interface Sender {
  readonly name: string;
  /** What it says. */
  readonly schema: JsonSchema;
}

/** What the commands that `next` accepts do to whoever sends those of `now`. */
export function senderBreaks(now: LedgerEntry, next: LedgerEntry, ledger: Ledger): Break[] {
  return now.messages
    .filter(({ kind }) => kind === 'command')
    .flatMap((command) => {
      const senders = [
        ...sendersOf(command.type, ledger),
        ...(command.internal ? [] : [{ name: outside, schema: schemaOf(now, command) }]),
      ];
      return senders.flatMap((sender) => refusals(sender, command.type, next, 'now', remedyOf));
    });
}

const sendersOf = (type: string, ledger: Ledger): Sender[] =>
  Object.entries(ledger).flatMap(([name, { sends }]) =>
    sends.filter(({ types }) => types.includes(type)).map(({ schema }) => ({ name, schema })),
  );

/** What of a sender's command `acceptor` would not take. */
export function refusals(
  { name, schema }: Sender,
  type: string,
  acceptor: LedgerEntry,
  when: string,
  remedy: (sender: string, kind: Misfit['kind']) => string,
): Break[] {
  const common = { parties: [name], about: [type] };
  const accepted = acceptor.messages.find((message) => message.type === type);
  if (!accepted)
    return [
      {
        ...common,
        member: '',
        does: `${name} sends`,
        but: `which is not accepted ${when}`,
        remedy: remedy(name, 'unknown'),
      },
    ];
  return misfits(schema, schemaOf(acceptor, accepted), { wantsAll: false }).map((misfit) => ({
    ...common,
    member: misfit.member,
    does: `${name} ${doing(misfit.kind, ['does not send', 'may leave out', 'sends'])}`,
    but: toSender(misfit, when),
    remedy: remedy(name, misfit.kind),
  }));
}

function remedyOf(sender: string, kind: Misfit['kind']): string {
  const isOutside = sender === outside;
  if (kind === 'missing' || kind === 'optional')
    return isOutside
      ? 'make it optional'
      : 'make it optional; require it one release after it is always sent';
  if (isOutside) return 'go on accepting it, or accept a new version of the command beside this one';
  return `go on accepting it until ${sender} is deployed without sending it`;
}
