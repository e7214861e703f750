// What waits for real servers may wait for a machine that has much else to do: a test that hangs is still found.
jest.setTimeout(60_000);
