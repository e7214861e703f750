import { topicManifest } from '@waybill/contracts';
import { InvalidArgumentError } from 'commander';
import { type AclRole, aclRoles, type RoleUsers, servicesOf } from './acls';

const userName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** One `role=user,user` more. */
export function withUsers(text: string, before: RoleUsers = {}): RoleUsers {
  const [name = '', list = '', ...rest] = text.split('=');
  const role = aclRoles.find((one) => one === name);
  const users = list.split(',');
  if (!role || rest.length > 0 || users.some((user) => !userName.test(user)))
    throw new InvalidArgumentError(`wanted ${aclRoles.join(' or ')}, =, and users separated by commas`);
  const all = { ...before, [role]: users };
  requireApart(aclRoles.flatMap((one: AclRole) => all[one] ?? [one]));
  return all;
}

/** Users must neither be services nor get at the consumer groups of others, which begin with their name. */
function requireApart(users: readonly string[]): void {
  const taken = users.find((user) => servicesOf(topicManifest).includes(user));
  if (taken) throw new InvalidArgumentError(`${taken} is the user of a service`);
  const near = users.find((user) => users.some((other) => other.startsWith(`${user}-`)));
  if (near)
    throw new InvalidArgumentError(`the groups of ${near} could not be told from those of another user`);
}
