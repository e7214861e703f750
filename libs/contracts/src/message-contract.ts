import type { Constructor } from './rules/member-registry';

/** One message of the platform: it exists here and nowhere else. */
export interface MessageContract<Type extends string = string, Data extends object = object> {
  /** Full name, such as `orders.upsert-order.v1`. */
  readonly type: Type;
  readonly kind: 'command' | 'fact';
  readonly topic: string;
  /** Class of the envelope's `data`. */
  readonly payload: Constructor<Data>;
  /** One line that says what the message means. */
  readonly summary: string;
  /** Made by reactions only; no caller sends it. */
  readonly internal?: boolean;
}
