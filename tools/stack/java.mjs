import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { reasonIn, run, StackError, withProgress } from './commands.mjs';
import { pinsFolder } from './cache.mjs';

const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

export function javaCommand(env = process.env) {
  return env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
}

export async function requireJava() {
  const java = javaCommand();
  const { found, code, output } = await run(java, ['-version']);
  const major = Number(/version "(?:1\.)?(\d+)/.exec(output)?.[1] ?? 0);
  if (found && code === 0 && major >= 17) return;
  const problem = !found
    ? `Java was not found (${java})`
    : code === 0
      ? `Java ${major} is too old`
      : `Java does not run:\n${output}`;
  throw new StackError(`${problem}: install Java 17 or later (or set JAVA_HOME) and run this again.`);
}

/**
 * Fetches the jars that `pins/<name>/pom.xml` asks for and compares each with the pinned hash. `folder` appears when all
 * are right: a Maven that a killed installation has left behind works on in a folder of its own.
 */
export async function fetchJars(name, folder, { title, say }) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const wanted = pinnedJars(name);
  const args = ['-B', '-ntp', '-f', join(pinsFolder, name, 'pom.xml'), copyDependencies];
  const settings = ['-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
  const { found, code, output } = await withProgress(
    say,
    `${title}: fetching ${wanted.size} jars with Maven`,
    () => run('mvn', [...args, ...settings]),
  );
  if (!found) {
    throw new StackError(`Maven (mvn) was not found: install Maven 3.6 or later and run this again.`);
  }
  if (code !== 0) {
    throw new StackError(
      `Maven could not fetch ${title}:\n${reasonIn(output)}\n` +
        `Check the network, proxy and mirror settings of Maven and run this again.`,
    );
  }
  const wrong = jarsThatDiffer(draft, wanted);
  if (wrong.length > 0) {
    throw new StackError(
      `${title}: what Maven fetched is not what is pinned:\n${wrong.join('\n')}\n` +
        'A damaged file in the local Maven repository (~/.m2/repository) is the likely cause: remove it and run this again.',
    );
  }
  renameSync(draft, folder);
}

export function pinnedJars(name) {
  const lines = readFileSync(join(pinsFolder, name, 'libs.sha256'), 'utf8')
    .trim()
    .split('\n');
  return new Map(lines.map((line) => line.split(/\s+/).toReversed()));
}

/** What is wrong with a folder of jars, one line a jar. */
export function jarsThatDiffer(folder, wanted) {
  const present = new Set(readdirSync(folder));
  const missing = [...wanted.keys()].filter((jar) => !present.has(jar)).map((jar) => `${jar} is missing`);
  const foreign = [...present].filter((jar) => !wanted.has(jar)).map((jar) => `${jar} is not on the list`);
  const changed = [...wanted]
    .filter(([jar]) => present.has(jar))
    .map(([jar, hash]) => ({ jar, hash, actual: sha256(join(folder, jar)) }))
    .filter(({ hash, actual }) => hash !== actual)
    .map(({ jar, hash, actual }) => `${jar} has sha256 ${actual}, pinned is ${hash}`);
  return [...missing, ...foreign, ...changed];
}

/** Each jar by name and in a fixed order: a class data archive is only valid for the very same class path. */
export function classPathOf(folder) {
  const jars = readdirSync(folder).filter((file) => file.endsWith('.jar'));
  return jars
    .toSorted()
    .map((jar) => join(folder, jar))
    .join(':');
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
