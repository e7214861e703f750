import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { InputRecord } from '@waybill/messaging';

const folder = resolve(__dirname, '../../../docs/examples');

interface Example {
  readonly name: string;
  readonly summary: string;
  readonly payload: { readonly id: string };
}

/** Whether this run is to refresh the examples: `WAYBILL_CAPTURE=1`, see docs/examples/README.md. */
export const isCapturing = (): boolean => process.env.WAYBILL_CAPTURE === '1';

/**
 * Replaces the payload of every example of `service` by the message of the same id that was in a topic. Throws an Error
 * with the ids of examples that no record had; those stay as they are.
 */
export function captureExamples(service: string, records: readonly InputRecord[]): void {
  const messages = new Map(
    records.map(({ value }) => messageOf(value)).map((message) => [message?.id, message]),
  );
  const missing: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.startsWith(`${service}.`))) {
    const path = join(folder, file);
    const examples = JSON.parse(readFileSync(path, 'utf8')) as Example[];
    const captured = examples.map((example) => {
      const payload = messages.get(example.payload.id);
      if (!payload) missing.push(example.payload.id);
      return { ...example, payload: payload ?? example.payload };
    });
    writeFileSync(path, `${JSON.stringify(captured, null, 2)}\n`);
  }
  if (missing.length > 0) throw new Error(`no record has the id of these examples: ${missing.join(', ')}`);
}

function messageOf(value: Buffer | null): { id: string } | undefined {
  try {
    return JSON.parse(String(value)) as { id: string };
  } catch {
    return undefined;
  }
}
