import { Argument, Command, Option } from 'commander';
import { type ConnectionOptions, serviceUrlOf, withDataDir, withDoor } from '../connection';
import { paintFor } from '../screen/paint';
import { readReport, readReportCsv, type ReportQuestion } from './read-report';
import { type ReportName, reportNames } from './report-columns';
import { reportScreen } from './report-screen';

interface Options extends ConnectionOptions {
  readonly shop: string;
  readonly from: string;
  readonly to: string;
  readonly bucket?: string;
  readonly groupBy?: string;
  readonly segment?: string;
  readonly carrier?: string;
  readonly phase?: string;
  readonly flag?: string;
  readonly country?: string;
  readonly targetDays?: string;
  readonly asOf?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

const buckets = ['day', 'week', 'month', 'total'];
const dimensions = ['country_code', 'province_code', 'carrier_reference', 'segment', 'campaign'];

export function reportCommand(): Command {
  const command = new Command('report')
    .description('what analytics answers: orders, parcels, deliveries, claims and campaigns of a shop')
    .addArgument(new Argument('<report>', 'which one').choices(reportNames))
    .requiredOption('--shop <slug>', 'whose')
    .requiredOption('--from <day>', 'first day, UTC, such as 2026-01-01')
    .requiredOption('--to <day>', 'first day that does not count any more')
    .addOption(new Option('--bucket <bucket>', 'what a row covers (default: total)').choices(buckets))
    .addOption(new Option('--group-by <dimension>', 'a row for each of its values').choices(dimensions))
    .option('--segment <name>', 'only orders in this campaign segment')
    .option('--carrier <reference>', 'only parcels of this carrier')
    .option('--phase <phase>', 'only parcels in this phase')
    .option('--flag <flag>', 'only parcels with this flag')
    .option('--country <code>', 'only what goes to this country')
    .option('--target-days <n>', 'delivery times: how many days it may take')
    .option('--as-of <day>', 'shipments: what was overdue when this day began (default: today)')
    .addOption(new Option('--csv', 'as CSV').conflicts('json'))
    .option('--json', 'as JSON, as analytics answers it')
    .addHelpText(
      'after',
      '\nFor example: waybill report orders --shop demo-shop --from 2026-01-01 --to 2026-02-01 --bucket week',
    );
  return withDataDir(withDoor(command, 'analytics')).action(show);
}

async function show(name: ReportName, options: Options): Promise<void> {
  const url = serviceUrlOf('analytics', options);
  const question = questionOf(name, options);
  if (options.csv) process.stdout.write(await readReportCsv(url, question));
  else {
    const rows = await readReport(url, question);
    if (options.json) console.log(JSON.stringify(rows, null, 2));
    else {
      // a file or a pipe has no width
      const width = process.stdout.isTTY ? process.stdout.columns : 80;
      const screen = reportScreen({ ...options, report: name, rows }, width, paintFor(process.stdout));
      for (const line of screen) console.log(line);
    }
  }
}

const questionOf = (
  report: ReportName,
  { shop, from, to, bucket, groupBy, segment, carrier, phase, flag, country, targetDays, asOf }: Options,
): ReportQuestion => ({
  report,
  shop,
  search: {
    from,
    to,
    bucket,
    group_by: groupBy,
    segment,
    carrier,
    phase,
    flag,
    country,
    target_days: targetDays,
    as_of: asOf,
  },
});
