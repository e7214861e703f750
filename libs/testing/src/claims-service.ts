import { ServiceProcess, type Servers } from './service-process';

/** A process of the built claims service. */
export class ClaimsService extends ServiceProcess {
  /** Starts a process; does not wait for it to be ready. `env` adds to and replaces what the tests set. */
  static spawn(servers: Servers, env?: Readonly<Record<string, string>>): ClaimsService {
    return new ClaimsService('claims', servers, env);
  }
}
