/**
Somebody who watches a run. `point` says what happened (source/tracepoints), `time` when
(ns); `actor`, `subject` and `value` mean what the tracepoint says. An observer must not
touch the model.
*/
export type Observer = {
	observe(point: number, time: number, actor: number, subject: number, value: number): void;
};

/** Where the model says what it does. It neither knows nor cares who listens. */
export class Probe {
	private readonly observers: Observer[] = [];
	private readonly clock: {readonly now: number};

	constructor(clock: {readonly now: number}) {
		this.clock = clock;
	}

	/** Observers are no part of a run's state. */
	get transient(): boolean {
		return true;
	}

	attach(observer: Observer): void {
		this.observers.push(observer);
	}

	detach(observer: Observer): void {
		const index = this.observers.indexOf(observer);
		if (index !== -1) {
			this.observers.splice(index, 1);
		}
	}

	/** Reports that something happened now. */
	emit(point: number, actor: number, subject: number, value: number): void {
		const {observers} = this;
		for (let i = 0; i < observers.length; i++) {
			observers[i].observe(point, this.clock.now, actor, subject, value);
		}
	}
}
