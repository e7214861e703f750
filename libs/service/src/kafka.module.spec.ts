import { Health } from './health';
import { KafkaHealth } from './kafka.module';

class FakeCluster {
  topics: string[] = [];
  brokers: object[] = [{}];
  connects = 0;
  listings = 0;
  away = false;

  async connect() {
    this.connects++;
    if (this.away) throw new Error('connect ECONNREFUSED');
  }

  async disconnect() {}

  async describeCluster() {
    return { brokers: this.brokers, controller: null, clusterId: 'c' } as never;
  }

  async listTopics() {
    this.listings++;
    return this.topics;
  }
}

let cluster: FakeCluster;
let health: Health;
let kafka: KafkaHealth;
const fault = async () => (await health.condition(kafka)).fault;

beforeEach(() => {
  cluster = new FakeCluster();
  health = new Health();
  kafka = new KafkaHealth(cluster, ['orders.commands', 'orders.events'], health);
});

it('is among the health sources of its app', () => {
  expect(health.sources).toEqual([kafka]);
});

it('is well with a broker and the topics', async () => {
  cluster.topics = ['orders.events', 'orders.commands', 'other'];
  expect(await fault()).toBeNull();
});

it('names the topics that are missing, and looks no more once they were there', async () => {
  cluster.topics = ['orders.events'];
  expect(await fault()).toBe('no topic orders.commands: "waybill topics apply" makes them');
  cluster.topics.push('orders.commands');
  expect(await fault()).toBeNull();
  cluster.topics = [];
  expect(await fault()).toBeNull();
  expect(cluster.listings).toBe(2);
});

it('connects once, and again after a failure', async () => {
  cluster.topics = ['orders.events', 'orders.commands'];
  cluster.away = true;
  expect(await fault()).toBe('connect ECONNREFUSED');
  cluster.away = false;
  expect(await fault()).toBeNull();
  expect(await fault()).toBeNull();
  expect(cluster.connects).toBe(2);
});

it('is not well without a broker', async () => {
  cluster.brokers = [];
  expect(await fault()).toBe('the cluster has no broker');
});
