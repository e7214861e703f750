interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
}

interface RequestQueueClass {
  prototype: RequestQueue & { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

let isInstalled = false;

/**
 * kafkajs 2.2.4 re-arms a timer of about 1 ms on every idle connection for ever, which costs some 5 % of a core. The
 * timer is only of use while a request waits or the broker throttles. Call it before the first client is created.
 */
export function installIdleTimerGuard(): void {
  if (isInstalled) return;
  isInstalled = true;
  // not part of the public package, hence no import and no types
  const { prototype } = require('kafkajs/src/network/requestQueue') as RequestQueueClass;
  const original = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    original.call(this);
  };
}
