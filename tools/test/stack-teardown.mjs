export default async function teardown() {
  const stack = globalThis.waybillStack;
  if (!stack) return;
  globalThis.waybillStack = undefined;
  await stack.stop();
}
