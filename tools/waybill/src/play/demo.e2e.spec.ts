import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptAll, waybill } from '../cli.fixture';

jest.setTimeout(180_000);

/** Processes that carry a mark in their environment, which they hand on to all that they start. */
function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

const canLook = process.env['WAYBILL_STACK_KIND'] === 'local' && process.platform === 'linux';

(canLook ? describe : describe.skip)('the demo', () => {
  let temporary: string;
  let mark: string;
  let env: Record<string, string>;

  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'waybill-demo-spec-'));
    mark = randomUUID();
    env = { TMPDIR: temporary, WAYBILL_TEST_MARK: mark, WAYBILL_STACK: 'local', NO_COLOR: '1' };
  });
  afterEach(async () => {
    await interruptAll();
    rmSync(temporary, { recursive: true, force: true });
  }, 60_000);

  it('shows one screen, finds everything right, and leaves nothing behind', async () => {
    let ran: string[] = [];
    const onProgress = (err: string) => {
      if (err.includes('orders:') && ran.length === 0) ran = processesWith(mark);
    };
    const { code, out, err } = await waybill(['demo', '--orders', '12', '--timeout', '60'], {
      env,
      onProgress,
    });
    expect([code, err]).toEqual([0, expect.stringMatching(/^stack: local/)]);
    const lines = out.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('Everything came out as it had to.');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThanOrEqual(58);
    // a scan before its number, one twice, one late; what the parcels are told comes back to their order
    expect(out).toMatch(/record-scan: CARRIER_PICKED_UP, number not known yet +kept$/m);
    expect(out).toMatch(/record-scan: ARRIVAL_AT_TRANSPORT_HUB, once more +duplicate$/m);
    expect(out).toMatch(/^ {4}parcel 1 {2}8 CARRIER_PICKED_UP · 9 updated phase_since, picked_up_at$/m);
    expect(out).toMatch(/^ {4}order {5}6 parcel 1 delivered$/m);
    // one claim holds the place, and is settled
    expect(out).toMatch(/create-claim: the shirts are torn$/m);
    expect(out).toMatch(/create-claim: by somebody else +claim_exists$/m);
    expect(out).toMatch(/^ {4}claim {5}2 accepted, refund$/m);
    expect(out).toMatch(/^Claims {7}2 accepted, 1 refused claim_exists, 2 facts$/m);
    expect(out).toMatch(/^ {14}6 CARRIER_PICKED_UP \(kept\) · 7 now in_transit$/m);
    // two reports end it
    expect(out).toMatch(/^Report orders --bucket month\n {2}MONTH .*\n(?: {2}20\d\d-\d\d .*\n)+Report /m);
    expect(out).toMatch(/^ {2}2026-01 +1 +0 +1 +0 +79\.98 EUR +79\.98 +48\.50$/m);
    expect(out).toMatch(
      /^Report delivery-times --group-by country_code\n {2}COUNTRY .*\n {2}BR .*\n {2}DE +1 /m,
    );
    // itself, broker, database, four services
    expect(ran).toHaveLength(7);
    expect(processesWith(mark)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const onProgress = (err: string, interrupt: () => void) => {
      if (err.endsWith('analytics …\n')) interrupt();
    };
    const { code, err } = await waybill(['demo', '--orders', '12'], { env, onProgress });
    expect([code, err]).toEqual([130, expect.stringMatching(/stopped by SIGINT\n$/)]);
    expect(processesWith(mark)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('fails when it takes too long, and leaves nothing behind', async () => {
    const { code, err } = await waybill(['demo', '--rate', '5', '--timeout', '1'], { env });
    expect([code, err]).toEqual([1, expect.stringContaining('it took too long')]);
    expect(processesWith(mark)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
