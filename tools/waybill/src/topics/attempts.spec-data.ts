import type { AclRule } from './acls';
import { entryOf } from './give-rights.spec-data';
import { asking, type Attempt, reading, writing } from './trying.spec-data';

const noTopic = 'TOPIC_AUTHORIZATION_FAILED';
/** What kafkajs makes of GROUP_AUTHORIZATION_FAILED; a test of its own shows that nothing but the right is missing. */
export const noGroup = 'KafkaJSGroupCoordinatorNotFound';
const noCluster = 'CLUSTER_AUTHORIZATION_FAILED';

const right: AclRule = {
  principal: 'User:orders',
  resource: 'topic',
  pattern: 'literal',
  name: 'shipments.events',
  operations: ['Write'],
};

interface Tried {
  readonly user: string;
  readonly does: string;
  readonly attempt: Attempt;
  readonly says: string;
}

export const attempts: readonly Tried[] = [
  // the attempts themselves work
  { user: 'readers', does: 'reads facts', attempt: reading('orders.events', 'readers-1'), says: 'done' },
  {
    user: 'carriers',
    does: 'writes to its commands',
    attempt: writing('shipments.commands'),
    says: 'done',
  },
  // facts are written by one service each
  {
    user: 'orders',
    does: 'writes facts of shipments',
    attempt: writing('shipments.events'),
    says: noTopic,
  },
  { user: 'shipments', does: 'writes facts of orders', attempt: writing('orders.events'), says: noTopic },
  { user: 'producers', does: 'writes facts of orders', attempt: writing('orders.events'), says: noTopic },
  { user: 'analytics', does: 'writes facts of orders', attempt: writing('orders.events'), says: noTopic },
  { user: 'operators', does: 'writes facts of orders', attempt: writing('orders.events'), says: noTopic },
  {
    user: 'provisioners',
    does: 'writes facts of orders',
    attempt: writing('orders.events'),
    says: noTopic,
  },
  // commands, too; but who may send a service some commands may send it all, those of its reactions (record-shipment-progress) too
  { user: 'shipments', does: 'sends orders a command', attempt: writing('orders.commands'), says: noTopic },
  { user: 'carriers', does: 'sends orders a command', attempt: writing('orders.commands'), says: noTopic },
  {
    user: 'producers',
    does: 'sends shipments a command',
    attempt: writing('shipments.commands'),
    says: noTopic,
  },
  { user: 'readers', does: 'sends orders a command', attempt: writing('orders.commands'), says: noTopic },
  { user: 'stranger', does: 'sends orders a command', attempt: writing('orders.commands'), says: noTopic },
  {
    user: 'producers',
    does: 'writes to a retry topic',
    attempt: writing('orders.retry.5s'),
    says: noTopic,
  },
  {
    user: 'producers',
    does: 'answers for orders',
    attempt: writing('orders.commands.reply'),
    says: noTopic,
  },
  // what carries personal data is read by whom the manifest names
  {
    user: 'producers',
    does: "reads others' commands",
    attempt: reading('orders.commands', 'producers-1'),
    says: noTopic,
  },
  {
    user: 'producers',
    does: 'reads facts',
    attempt: reading('orders.events', 'producers-1'),
    says: noTopic,
  },
  {
    user: 'readers',
    does: 'reads dead letters',
    attempt: reading('orders.dead-letters', 'readers-1'),
    says: noTopic,
  },
  {
    user: 'analytics',
    does: 'reads facts of shipments',
    attempt: reading('shipments.events', 'analytics.g1'),
    says: noTopic,
  },
  {
    user: 'orders',
    does: 'reads claims',
    attempt: reading('claims.events', 'orders.reactions'),
    says: noTopic,
  },
  // a group belongs to one user
  {
    user: 'readers',
    does: 'reads in a group of claims',
    attempt: reading('orders.events', 'claims.copies'),
    says: noGroup,
  },
  {
    user: 'claims',
    does: 'reads in a group of shipments',
    attempt: reading('orders.events', 'shipments.reactions'),
    says: noGroup,
  },
  {
    user: 'claims',
    does: 'moves a group of analytics',
    attempt: asking((admin) => admin.deleteGroups(['analytics.g1'])),
    says: noGroup,
  },
  // the cluster belongs to operators of Kafka
  {
    user: 'orders',
    does: 'deletes its topic',
    attempt: asking((admin) => admin.deleteTopics({ topics: ['orders.events'] })),
    says: noTopic,
  },
  {
    user: 'orders',
    does: 'makes a topic',
    attempt: asking((admin) => admin.createTopics({ topics: [{ topic: 'more' }] })),
    says: noTopic,
  },
  {
    user: 'provisioners',
    does: 'makes a foreign topic',
    attempt: asking((admin) => admin.createTopics({ topics: [{ topic: 'more' }] })),
    says: noTopic,
  },
  {
    user: 'orders',
    does: 'gives itself a right',
    attempt: asking((admin) => admin.createAcls({ acl: [entryOf(right, 'Write')] })),
    says: noCluster,
  },
];
