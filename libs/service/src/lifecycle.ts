import { Injectable } from '@nestjs/common';
import type { HealthSource } from './health';

type Phase = 'starting' | 'working' | 'stopping';

/** How far the process is, and the way for any part of it to say that it cannot go on. */
@Injectable()
export class Lifecycle implements HealthSource {
  readonly name = 'service';
  private phase: Phase = 'starting';
  private broken: Error | null = null;
  private onBroken: (error: Error) => void = () => {};

  enter(phase: Exclude<Phase, 'starting'>): void {
    this.phase = phase;
  }

  async check(): Promise<void> {
    if (this.phase !== 'working') throw new Error(this.phase);
  }

  /** What the process cannot go on with; null while it gets on, or has nothing to do. */
  get fault(): Error | null {
    return this.broken;
  }

  /** A consumer died for good or stopped getting on: the process ends non-zero and its supervisor starts it again. */
  readonly fail = (error: Error): void => {
    if (this.broken !== null) return;
    this.broken = error;
    this.onBroken(error);
  };

  /** Hears of the first failure, also of one that was before. */
  whenBroken(listener: (error: Error) => void): void {
    this.onBroken = listener;
    if (this.broken !== null) listener(this.broken);
  }
}
