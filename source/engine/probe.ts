/** What is called at a point: when (ns), and the point's arguments. */
export type Handler = (time: number, actor: number, subject: number, value: number) => void;

/** Handlers by the number of their point. */
export type HandlersByNumber = ReadonlyArray<readonly Handler[]>;

/**
Somebody who wants to act before anybody hears of what happens at `due` (ns)
or later. `ring` moves `due` on.
*/
export type Alarm = {
	readonly due: number;
	ring(time: number): void;
};

/** Never rings. */
const silent: Alarm = Object.freeze({
	due: Infinity,
	ring() {
		// It is never due.
	},
});

/**
Where the model says what it does. It neither knows nor cares who listens: a point without a
listener costs a look at an empty place. Who was attached first is told first.
*/
export class Probe {
	private readonly clock: {readonly now: number};
	private attached: ReadonlyArray<{
		readonly owner: object;
		readonly handlers: HandlersByNumber;
		readonly alarm: Alarm | undefined;
	}> = [];

	private alarm: Alarm = silent;
	/** By number of the point: who hears it. */
	private readonly listeners: Array<Handler | undefined>;

	/** `points`: how many there are. */
	constructor(clock: {readonly now: number}, points: number) {
		this.clock = clock;
		this.listeners = Array.from({length: points}, () => undefined);
	}

	/** Observers are no part of a run's state. */
	get transient(): boolean {
		return true;
	}

	/** `owner` is what `detach` knows the handlers by. */
	attach(owner: object, handlers: HandlersByNumber, alarm?: Alarm): void {
		this.attached = [...this.attached, {owner, handlers, alarm}];
		this.compile();
	}

	detach(owner: object): void {
		this.attached = this.attached.filter(one => one.owner !== owner);
		this.compile();
	}

	/** Reports that something happened now. */
	emit(point: number, actor: number, subject: number, value: number): void {
		const listener = this.listeners[point];
		if (listener !== undefined) {
			const {now} = this.clock;
			if (now >= this.alarm.due) {
				this.alarm.ring(now);
			}

			listener(now, actor, subject, value);
		}
	}

	private compile(): void {
		this.alarm = alarmOf(this.attached.flatMap(({alarm}) => (alarm === undefined ? [] : [alarm])));
		for (const point of this.listeners.keys()) {
			this.listeners[point] = listenerOf(this.attached.flatMap(({handlers}) => handlers[point]));
		}
	}
}

/** One for all of them; undefined for none. */
function listenerOf(handlers: readonly Handler[]): Handler | undefined {
	if (handlers.length <= 1) {
		return handlers[0];
	}

	return (time, actor, subject, value) => {
		for (const handler of handlers) {
			handler(time, actor, subject, value);
		}
	};
}

/** One for all of them, which rings those that are due. */
function alarmOf(alarms: readonly Alarm[]): Alarm {
	if (alarms.length <= 1) {
		return alarms[0] ?? silent;
	}

	return {
		get due() {
			return Math.min(...alarms.map(({due}) => due));
		},
		ring(time) {
			for (const alarm of alarms) {
				if (time >= alarm.due) {
					alarm.ring(time);
				}
			}
		},
	};
}
