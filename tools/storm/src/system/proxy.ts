import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Two ends of one connection; what one says is passed to the other. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/**
 * A TCP proxy in front of one server, which can cut connections, hold up what they carry, and fall silent. It never drops
 * or reorders a byte of a connection that lives: that is what TCP promises.
 */
export class Proxy {
  private readonly pairs = new Set<Pair>();
  private readonly listener: Server;
  private delayMs = 0;
  private silence: Promise<void> | undefined;
  private target = 0;

  private constructor() {
    this.listener = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) =>
      this.accept(client),
    );
  }

  /** Listens on `port` of the local address; `to` says where the server is. */
  static async listen(port: number): Promise<Proxy> {
    const proxy = new Proxy();
    proxy.listener.listen({ port, host: '127.0.0.1' });
    await once(proxy.listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** How many connections there are. */
  get size(): number {
    return this.pairs.size;
  }

  /** The port of the server, from now on. */
  to(port: number): void {
    this.target = port;
  }

  /** Cuts connections: those that `isChosen` says. Answers how many. */
  cut(isChosen: () => boolean): number {
    const chosen = [...this.pairs].filter(() => isChosen());
    for (const pair of chosen) this.end(pair);
    return chosen.length;
  }

  /** Holds everything up by this much from now on; 0: nothing. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** Lets nothing through until `end` resolves; connections stay open. */
  fallSilent(end: Promise<void>): void {
    this.silence = end;
    void end.then(() => {
      if (this.silence === end) this.silence = undefined;
    });
  }

  async close(): Promise<void> {
    const closed = once(this.listener, 'close');
    this.listener.close();
    for (const pair of this.pairs) this.end(pair);
    await closed;
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { client, server };
    this.pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.end(pair));
      // what one side has said in the end may still be held up on its way to the other
      socket.on('close', () => client.destroyed && server.destroyed && this.pairs.delete(pair));
    }
    void this.pass(client, server);
    void this.pass(server, client);
  }

  private end(pair: Pair): void {
    this.pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }

  /** Chunk by chunk, so that what is held up stays in order and fills no memory. */
  private async pass(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
        while (this.silence) await this.silence;
        if (!to.write(chunk as Buffer)) await once(to, 'drain');
      }
      to.end();
    } catch {
      // whoever broke off has ended both sides
    }
  }
}
