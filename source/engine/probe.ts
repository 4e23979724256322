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

/**
Where the model says what it does. It neither knows nor cares who listens: a point without a
listener costs a look at an empty list. Who was attached first is told first.
*/
export class Probe {
	private readonly clock: {readonly now: number};
	private attached: ReadonlyArray<{
		readonly owner: object;
		readonly handlers: HandlersByNumber;
		readonly alarm: Alarm | undefined;
	}> = [];

	private alarms: readonly Alarm[] = [];
	/** By number of the point: who hears it. A list is never changed, only replaced. */
	private readonly listeners: Array<readonly Handler[]>;

	/** `points`: how many there are. */
	constructor(clock: {readonly now: number}, points: number) {
		this.clock = clock;
		this.listeners = Array.from({length: points}, () => []);
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
		const {now} = this.clock;
		const {alarms} = this;
		for (let i = 0; i < alarms.length; i++) {
			if (now >= alarms[i].due) {
				alarms[i].ring(now);
			}
		}

		const heard = this.listeners[point];
		for (let i = 0; i < heard.length; i++) {
			const handler = heard[i];
			handler(now, actor, subject, value);
		}
	}

	private compile(): void {
		this.alarms = this.attached.flatMap(({alarm}) => (alarm === undefined ? [] : [alarm]));
		for (const point of this.listeners.keys()) {
			this.listeners[point] = this.attached.flatMap(({handlers}) => handlers[point]);
		}
	}
}
