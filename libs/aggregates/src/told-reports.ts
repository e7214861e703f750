import {
  deadLetterId,
  type EngineReports,
  type MessagingLog,
  type ReportedMessage,
  type Tracing,
  traceIdOf,
} from '@waybill/messaging';

/**
 * The reports of an engine, which also go to its log, under the ids of the message, and to the trace that it is part of.
 * What was decided is for debugging; a dead letter is for whoever is on call, with the id that `waybill dead-letters show` takes.
 */
export function toldReports(
  reports: EngineReports,
  log: MessagingLog | undefined,
  tracing: Tracing | undefined,
): EngineReports {
  return {
    ...reports,
    outcome(report) {
      reports.outcome?.(report);
      const { type, outcome, key, of } = report;
      if (!of) return;
      tracing?.result(of.record, report);
      log?.debug({ type, outcome, key, ...idsOf(of) }, 'a command was handled');
    },
    deadLetter(report) {
      reports.deadLetter?.(report);
      const { kind, key, letter, of } = report;
      const id = letter && deadLetterId(letter);
      log?.warn({ kind, key, dead_letter: id, ...(of ? idsOf(of) : {}) }, 'a message became a dead letter');
    },
    replyUndeliverable(report) {
      reports.replyUndeliverable?.(report);
      const { reason, topic } = report;
      log?.warn({ reason, topic }, 'a reply had nowhere to go');
    },
    alarm(report) {
      reports.alarm?.(report);
      const { kind, topic, partition, offset } = report;
      log?.error({ kind, topic, partition, offset }, 'facts are missing or unreadable');
    },
  };
}

/** `trace_id` by the name that OpenTelemetry gives it in a log. */
const idsOf = ({ message: { id, correlationId, traceparent } }: ReportedMessage): object => ({
  command_id: id,
  correlation_id: correlationId ?? id,
  trace_id: traceIdOf(traceparent),
});
