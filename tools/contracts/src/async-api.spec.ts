import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const document = join(root, 'docs/asyncapi.json');

function lint(file: string) {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/redocly'),
    ['lint', '--extends', 'spec', file],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  return { status, said: stdout + stderr };
}

describe('docs/asyncapi.json', () => {
  it('is a valid AsyncAPI 3 document', () => {
    const { status, said } = lint(document);
    expect(said).toContain('Your API description is valid');
    expect(status).toBe(0);
  });

  it.each([
    ['an action that does not exist', '"action": "receive"', '"action": "listen"'],
    [
      'a reference to nothing',
      '"$ref": "#/components/schemas/OrderInput"',
      '"$ref": "#/components/schemas/OrderOutput"',
    ],
  ])('would not be valid with %s', (_, from, to) => {
    const folder = mkdtempSync(join(tmpdir(), 'asyncapi-'));
    try {
      const file = join(folder, 'asyncapi.json');
      const text = readFileSync(document, 'utf8');
      expect(text).toContain(from);
      writeFileSync(file, text.replace(from, to));
      expect(lint(file).status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
