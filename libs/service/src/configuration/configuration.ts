import { readFileSync } from 'node:fs';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The process cannot start as it is configured. `problems` has one sentence per variable, none shows a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

interface Variable<T> {
  /** `undefined` means that the text is not acceptable. */
  readonly parse: (text: string) => T | undefined;
  /** Completes the sentence "X must be …". */
  readonly wants: string;
  readonly default?: T;
}

/** Reads variables one by one and collects what is wrong with them, so that one start shows every problem. An empty variable counts as not set. */
export class Environment {
  readonly problems: string[] = [];

  constructor(private readonly variables: EnvironmentVariables) {}

  /** A variable whose value may be shown in an error. */
  value<T>(name: string, variable: Variable<T>): T {
    const text = this.variables[name]?.trim() ?? '';
    return this.accept(name, text, variable, JSON.stringify(text.slice(0, 80)));
  }

  /** A variable that is never shown. It may also be given as a file: `<name>_FILE` holds the path. */
  secret<T>(name: string, variable: Variable<T>): T {
    const text = this.variables[name]?.trim() ?? '';
    const path = this.variables[`${name}_FILE`]?.trim() ?? '';
    if (text !== '' && path !== '')
      return this.refuse(`${name} and ${name}_FILE are both set, one of them must go`);
    if (path === '') return this.accept(`${name} (or ${name}_FILE)`, text, variable, hidden(text));
    try {
      const content = readFileSync(path, 'utf8').trim();
      return this.accept(`the content of ${name}_FILE`, content, variable, hidden(content));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      return this.refuse(`${name}_FILE must name a readable file, got ${JSON.stringify(path)} (${reason})`);
    }
  }

  private accept<T>(name: string, text: string, variable: Variable<T>, shown: string): T {
    if (text === '') {
      if (variable.default !== undefined) return variable.default;
      return this.refuse(`${name} is not set, it must be ${variable.wants}`);
    }
    const value = variable.parse(text);
    return value === undefined ? this.refuse(`${name} must be ${variable.wants}, got ${shown}`) : value;
  }

  /** For what is wrong with several variables together. Whoever asked gets no usable value: `readConfiguration` hands none out once there is a problem. */
  refuse(problem: string): never {
    this.problems.push(problem);
    return undefined as never;
  }
}

const hidden = (text: string) => `a value of ${text.length} characters that is not shown`;

/**
 * One typed value from the environment.
 * @throws {ConfigurationError} naming each variable, what it got and what it wants
 */
export function readConfiguration<T>(variables: EnvironmentVariables, read: (from: Environment) => T): T {
  const environment = new Environment(variables);
  const configuration = read(environment);
  if (environment.problems.length > 0) throw new ConfigurationError(environment.problems);
  return configuration;
}
