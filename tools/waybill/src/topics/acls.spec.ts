import { buildTopicManifest, topicManifest } from '@waybill/contracts';
import { aclCommands, type AclRule, aclsOf, servicesOf } from './acls';
import { withUsers } from './acl-users';

const rules = aclsOf(topicManifest);
const topicsOf = (user: string, operation: string): string[] =>
  rules
    .filter(
      ({ principal, resource, operations }) =>
        principal === `User:${user}` &&
        resource === 'topic' &&
        operations.some((allowed) => allowed === operation),
    )
    .map(({ name }) => name)
    .toSorted();
const groupsOf = (user: string): string[] =>
  rules
    .filter(({ principal, resource }) => principal === `User:${user}` && resource === 'group')
    .map(
      ({ pattern, name, operations }) => `${name}${pattern === 'prefixed' ? '*' : ''} ${operations.join()}`,
    );

const own = (service: string): string[] =>
  topicManifest.flatMap(({ name, owner }) => (owner === service ? name : []));
const retries = (service: string) => own(service).filter((name) => name.includes('.retry.'));

describe('rights of a service', () => {
  it('are there for each of them', () => {
    expect(servicesOf(topicManifest).toSorted()).toEqual(['analytics', 'claims', 'orders', 'shipments']);
  });
  it.each([
    { service: 'orders', facts: ['shipments.events'] },
    { service: 'shipments', facts: ['orders.events'] },
    { service: 'claims', facts: ['orders.events', 'shipments.events'] },
  ])(
    '$service writes its own topics, and reads its commands, its retries and the facts it needs',
    ({ service, facts }) => {
      expect(topicsOf(service, 'Write')).toEqual(own(service).toSorted());
      expect(topicsOf(service, 'Read')).toEqual(
        [`${service}.commands`, ...retries(service), ...facts].toSorted(),
      );
      expect(groupsOf(service)).toEqual([`${service} Read`, `${service}.* Read,Delete`]);
    },
  );
  it('of analytics are to read two kinds of facts', () => {
    expect(topicsOf('analytics', 'Read')).toEqual(['claims.events', 'orders.events']);
    expect(topicsOf('analytics', 'Write')).toEqual([]);
  });
});

describe('rights of outsiders', () => {
  it.each([
    {
      user: 'producers',
      writes: ['claims.commands', 'orders.commands'],
      reads: ['claims.commands.reply', 'orders.commands.reply'],
    },
    { user: 'carriers', writes: ['shipments.commands'], reads: ['shipments.commands.reply'] },
    { user: 'readers', writes: [], reads: ['claims.events', 'orders.events', 'shipments.events'] },
  ])('$user write commands, read replies or facts, and no more', ({ user, writes, reads }) => {
    expect(topicsOf(user, 'Write')).toEqual(writes);
    expect(topicsOf(user, 'Read')).toEqual(reads);
    expect(groupsOf(user)).toEqual([`${user}-* Read`]);
  });
  it('of operators are to read all, and to send commands', () => {
    expect(topicsOf('operators', 'Read')).toHaveLength(topicManifest.length);
    expect(topicsOf('operators', 'Write')).toEqual([
      'claims.commands',
      'orders.commands',
      'shipments.commands',
    ]);
  });
  it('of provisioners are to make topics and to change their settings, not to read or write', () => {
    expect(topicsOf('provisioners', 'Create')).toHaveLength(topicManifest.length);
    expect([...topicsOf('provisioners', 'Read'), ...topicsOf('provisioners', 'Write')]).toEqual([]);
  });
  it('go to the users that are named', () => {
    const as = withUsers('carriers=dhl', withUsers('producers=shop-sync,checkout'));
    const principals = new Set(aclsOf(topicManifest, as).map(({ principal }) => principal));
    expect(principals).toContain('User:checkout');
    expect(principals).toContain('User:dhl');
    expect(principals).not.toContain('User:producers');
  });
  it.each([
    ['producers=orders', 'orders is the user of a service'],
    ['producers=shop,shop-sync', 'the groups of shop could not be told from those of another user'],
    ['producers=', 'wanted producers'],
    ['producers=a b', 'wanted producers'],
    ['people=a', 'wanted producers'],
    ['producers=a=b', 'wanted producers'],
  ])('are not given by %s', (text, problem) => {
    expect(() => withUsers(text)).toThrow(problem);
  });
});

it('allows one user to write the facts of a service, and nobody else', () => {
  const writers = rules.filter(
    ({ name, operations }) => name.endsWith('.events') && operations.includes('Write'),
  );
  expect(writers.map(({ name, principal }) => `${principal} ${name}`).toSorted()).toEqual([
    'User:claims claims.events',
    'User:orders orders.events',
    'User:shipments shipments.events',
  ]);
});

it('follows the configured retry delays', () => {
  const names = aclsOf(buildTopicManifest({ retryDelays: ['1s'] })).map(({ name }) => name);
  expect(names.filter((name) => name.includes('.retry.'))).toContain('orders.retry.1s');
  expect(names).not.toContain('orders.retry.5s');
});

it('becomes commands that say all of it once', () => {
  const commands = aclCommands(rules);
  const said = commands.flatMap(parsed);
  const text = ({ principal, resource, pattern, name, operations }: AclRule) =>
    [principal, resource, pattern, name, operations.join()].join(' ');
  expect(said.map(text).toSorted()).toEqual(rules.map(text).toSorted());
  expect(commands.length).toBeLessThan(rules.length / 2);
});

/** What kafka-acls makes of a command: each resource with each operation. */
function parsed(command: string): AclRule[] {
  const words = command.split(' ');
  const valuesOf = (option: string) =>
    words.flatMap((word, at) => (word === option ? (words[at + 1] ?? '') : []));
  const resource = valuesOf('--group').length > 0 ? 'group' : 'topic';
  return valuesOf(`--${resource}`).map((name) => ({
    principal: valuesOf('--allow-principal').join(),
    resource,
    pattern: valuesOf('--resource-pattern-type').join() === 'prefixed' ? 'prefixed' : 'literal',
    name,
    operations: valuesOf('--operation') as AclRule['operations'],
  }));
}
