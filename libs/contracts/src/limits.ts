/** A caller's message: key, value and headers. */
export const callerMessageBytes = 900 * 1024;

/** A snapshot as JSON; a command that would make it larger is refused `snapshot_too_large`. */
export const snapshotBytes = 400 * 1024;

/** What a topic takes: a dead letter or a handed-on copy of the largest caller's message always fits. */
export const topicMessageBytes = 2 * 1024 * 1024;

/** No refusal lists more faulty fields than this. */
export const reportedIssues = 100;
