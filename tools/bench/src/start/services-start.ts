import { services, startDelivered } from '../delivered';
import { setStage } from '../stage';

/**
 * From the start of a process until it takes work, ms, where broker, database and topics are there. The services take
 * turns, so that a noisy minute meets all of them; a first round, which fills the disk cache, does not count.
 */
export async function timeServices(rounds: number): Promise<Readonly<Record<string, readonly number[]>>> {
  const stage = await setStage();
  try {
    const times: Record<string, number[]> = {};
    for (let round = 0; round <= rounds; round++)
      for (const name of services) {
        const begin = performance.now();
        const child = await startDelivered(name, stage);
        if (round > 0) (times[name] ??= []).push(performance.now() - begin);
        await child.stop();
      }
    return times;
  } finally {
    await stage.end();
  }
}
