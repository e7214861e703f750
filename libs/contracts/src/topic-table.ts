import { topicManifest, type TopicSpec } from './topics';

const dayMs = 24 * 60 * 60 * 1000;
const kept = (retentionMs: number) => (retentionMs < 0 ? 'for ever' : `${retentionMs / dayMs} d`);
const names = (list: readonly string[]) => list.join(', ');

/** The topics as a Markdown table. */
export function topicTable(manifest: readonly TopicSpec[] = topicManifest): string {
  const head = ['topic', 'key', 'who writes', 'who reads', 'partitions', 'kept', 'personal data'];
  const rows = manifest.map((topic) => [
    `\`${topic.name}\``,
    topic.key === '–' ? topic.key : topic.key.replace(/<[^ ]*>/, '`$&`'),
    names(topic.writers),
    names(topic.readers),
    String(topic.partitions),
    kept(topic.retentionMs),
    topic.personalData,
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
