/** The topics of the simulated service, and of those who send to it. */
export const topics = {
  commands: 'samples.commands',
  events: 'samples.events',
  retry: ['samples.retry.1', 'samples.retry.2'],
  deadLetters: 'samples.dead-letters',
  replies: 'sender.reply',
};
