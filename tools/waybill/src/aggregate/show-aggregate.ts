import { mongo } from 'mongoose';
import { CommandFailure } from '../failure';
import { paintFor } from '../screen/paint';
import { type AggregateView, aggregateScreen, type Showing } from './aggregate-screen';

/** Shows one aggregate, or says that nobody knows it. As JSON it is whole, with the stored state. */
export function showAggregate(view: AggregateView, named: string, showing: Showing, json: boolean): void {
  if (!view.document && view.facts.length === 0)
    throw new CommandFailure(`nothing is known of ${showing.noun} ${named} (${view.id})`);
  if (json) console.log(mongo.BSON.EJSON.stringify(view, undefined, 2));
  else for (const line of aggregateScreen(view, showing, paintFor(process.stdout))) console.log(line);
}
