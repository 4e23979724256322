import {type HeadStart} from '../run/head-start.js';
import {defaultSpeed, type Speed, speedFor} from './speed.js';
import {TwoRuns} from './two-runs.js';

/** Simulated time that is gone through again, ns: each part of the machine has its turn. */
const rehearsal = 2_000_000;

/** What a session begins with whose preset was simulated ahead before. */
export type SessionStart = {
	readonly run: HeadStart;
	/** Commands a second in the warm-up; null within it. */
	readonly warmRate: number | null;
};

/** The warm-up of a session's runs: how it ends, and how a later session begins behind it. */
export abstract class WarmUp extends TwoRuns {
	speed: Speed;
	/** The user has chosen the speed; else each run has its own. */
	protected isSpeedGiven: boolean;
	/** Commands a second in the warm-up of the first run; null before its end. */
	private warmRate: number | null = null;

	/** Without `speed` each run has one that suits it. */
	constructor(speed?: Speed) {
		super();
		this.speed = speed ?? defaultSpeed;
		this.isSpeedGiven = speed !== undefined;
	}

	/** How the run stands, for another session; undefined when that has no plain data. */
	headStart(): SessionStart | undefined {
		const run = this.run.timeline.headStart();
		return run === undefined ? undefined : {run, warmRate: this.warmRate};
	}

	/**
	Stands where a session of the same preset and settings stood. To be asked before anything
	else.

	@throws {Error} as `Timeline.begin` does: then this session is worth nothing.
	*/
	standAt({run, warmRate}: SessionStart): void {
		this.run.timeline.begin(run);
		if (warmRate !== null) {
			this.run.warm = true;
			this.setOwnSpeed(warmRate);
		}

		this.history.version++;
	}

	protected cut(): void {
		this.run.timeline.cut();
		this.history.version++;
	}

	/**
	Goes back once before anybody asks: what is compiled for the first simulation of a process alone
	is thrown away when there is a second one.
	*/
	private rehearse(): void {
		const {timeline} = this.run;
		const again = timeline.at(timeline.now);
		again.advance(again.now + rehearsal);
	}

	/** The speed that suits so many commands a second, unless the user has chosen one. */
	private setOwnSpeed(rate: number): void {
		this.warmRate = rate;
		if (!this.isSpeedGiven) {
			this.speed = speedFor(rate);
		}
	}

	protected endWarmup(): void {
		if (!this.run.warm && this.now >= Number(this.run.start.parameters.warmup)) {
			this.run.warm = true;
			this.setOwnSpeed(this.commands / (this.run.recorder.duration / 1e9));
			this.warmRival();
			this.rehearse();
			this.cut();
		}
	}
}
