import { chooseStack, describeChoice } from './choose-stack.mjs';

const brokers = { KAFKA_BROKERS: 'kafka:9092' };
const database = { MONGODB_URI: 'mongodb://mongodb' };
const noDocker = async (): Promise<boolean> => false;
const docker = async (): Promise<boolean> => true;

describe('the choice of a stack', () => {
  it.each([
    { given: 'nothing', env: {}, answers: noDocker, kind: 'local' },
    { given: 'a Docker engine', env: {}, answers: docker, kind: 'docker' },
    { given: 'own servers', env: { ...brokers, ...database }, answers: noDocker, kind: 'own' },
    {
      given: 'own servers and a Docker engine',
      env: { ...brokers, ...database },
      answers: docker,
      kind: 'own',
    },
    {
      given: 'a wish for local and a Docker engine',
      env: { WAYBILL_STACK: 'local' },
      answers: docker,
      kind: 'local',
    },
    { given: 'a wish for Docker', env: { WAYBILL_STACK: 'docker' }, answers: noDocker, kind: 'docker' },
    {
      given: 'empty variables',
      env: { KAFKA_BROKERS: '', MONGODB_URI: '' },
      answers: noDocker,
      kind: 'local',
    },
  ])('with $given it is $kind', async ({ env, answers, kind }) => {
    expect((await chooseStack(env, answers)).kind).toBe(kind);
  });

  it.each([
    { env: brokers, message: 'KAFKA_BROKERS is set and MONGODB_URI is not' },
    { env: database, message: 'MONGODB_URI is set and KAFKA_BROKERS is not' },
    { env: { WAYBILL_STACK: 'podman' }, message: 'WAYBILL_STACK is "podman", it can be local or docker' },
  ])('refuses: $message', async ({ env, message }) => {
    await expect(chooseStack(env, noDocker)).rejects.toThrow(message);
  });

  it('is told in one line', async () => {
    expect(describeChoice(await chooseStack({}, noDocker))).toBe(
      'stack: local Kafka 4.2.0 and SecantusDB 0.6.0b17 ' +
        '(KAFKA_BROKERS and MONGODB_URI are not set and no Docker engine answers)',
    );
  });
});
