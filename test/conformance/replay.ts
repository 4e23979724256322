import {UserError} from '../../source/errors/user-error.js';
import {type VirtqueueOptions} from '../../source/virtqueue/virtqueue-options.js';
import {Buffers} from './buffers.js';
import {runBurst} from './burst.js';
import {stateWords, type VectorHeader} from './header.js';
import {stateOf, type Ring} from './state.js';
import {type Operation, type Step} from './step.js';

/** Makes the ring under test: `createVirtqueue`, or a mutant of it. */
export type CreateRing = (options: VirtqueueOptions) => Ring;

/** A field of a step whose recorded value the ring does not give. */
export type Mismatch = {
	readonly field: string;
	readonly expected: unknown;
	readonly got: unknown;
};

type Results = Record<string, unknown>;

/**
A ring that repeats the steps of one vector file. Inputs that no legal sequence has (push of
a buffer that was not popped, …) are a `UserError`; a different result is a `Mismatch`,
after which the replay is over.
*/
export class Replay {
	private readonly ring: Ring;
	private readonly buffers = new Buffers();

	constructor(
		private readonly header: VectorHeader,
		create: CreateRing,
	) {
		this.ring = create({
			layout: header.ring,
			size: header.size,
			eventIdx: header.event_idx,
			indirect: header.indirect,
			callback: header.callback,
		});
	}

	/** Applies a step and compares its results, then the whole state; null when all agree. */
	step(step: Step): Mismatch | null {
		const {expected, operation} = step;
		const results = this.apply(operation);
		for (const [field, got] of Object.entries(results)) {
			if (!Object.hasOwn(expected, field)) {
				throw new UserError(`${operation.op}: lacks ${field}`);
			}

			if (JSON.stringify(expected[field]) !== JSON.stringify(got)) {
				return {field, expected: expected[field], got};
			}
		}

		const words = stateWords[this.header.ring];
		const {st} = expected;
		if (!Array.isArray(st) || st.length !== words.length) {
			throw new UserError(`${operation.op}: st is not an array of ${words.length}`);
		}

		const state = stateOf(this.ring);
		const index = state.findIndex((got, index) => got !== st[index]);
		return index === -1 ? null : {field: `st.${words[index]}`, expected: st[index] as unknown, got: state[index]};
	}

	private apply(operation: Operation): Results {
		const {ring} = this;
		switch (operation.op) {
			case 'init': {
				return {};
			}

			case 'add': {
				return this.add(operation.out, operation.in, operation.tok, operation.nomem ?? false);
			}

			case 'kick_prepare': {
				return {ret: ring.kickPrepare()};
			}

			case 'notify': {
				return {ret: true};
			}

			case 'disable_cb': {
				ring.disableCallback();
				return {};
			}

			case 'enable_cb_prepare': {
				return {ret: ring.enableCallbackPrepare()};
			}

			case 'poll': {
				return this.poll(operation.arg);
			}

			case 'enable_cb': {
				return {ret: ring.enableCallback()};
			}

			case 'enable_cb_delayed': {
				return {ret: ring.enableCallbackDelayed()};
			}

			case 'get_buf': {
				return this.getBuf();
			}

			case 'more_used': {
				return {ret: ring.moreUsed()};
			}

			case 'irq': {
				const mine = ring.interrupt();
				return {ret: Number(mine), cb: Number(mine && ring.callback)};
			}

			case 'reset': {
				return this.reset();
			}

			case 'pop': {
				return this.pop();
			}

			case 'push': {
				ring.push(this.buffers.staged(operation.tok), operation.len);
				return {};
			}

			case 'publish': {
				return this.publish(operation.n);
			}

			case 'should_notify': {
				return {ret: ring.shouldNotify()};
			}

			case 'set_notification': {
				ring.setNotification(operation.on);
				return {};
			}

			case 'host_empty': {
				return {ret: ring.isEmpty()};
			}

			case 'burst': {
				if (this.buffers.outstanding > 0) {
					throw new UserError(`burst: ${this.buffers.outstanding} buffers are outstanding`);
				}

				return runBurst(ring, operation);
			}
		}
	}

	private add(out: number, into: number, token: number, noMemory: boolean): Results {
		const {ring} = this;
		const ret = ring.add(out, into, this.buffers.candidate(token), noMemory);
		const db = Number(ring.doorbellForced);
		if (ret !== 0) {
			return {ret, db};
		}

		this.buffers.added(token);
		return {
			ret,
			head: ring.addedHead,
			slots: ring.addedSlots,
			ind: ring.addedIndirect,
			db,
		};
	}

	private poll(state: number): Results {
		if (this.ring.layout === 'packed' && (state & 0x7f_ff) >= this.ring.size) {
			throw new UserError(`poll: ${state} is no position of a ring of ${this.ring.size}`);
		}

		return {ret: this.ring.poll(state)};
	}

	private getBuf(): Results {
		const ret = this.buffers.fileToken(this.ring.getBuf());
		if (ret === null) {
			return {ret};
		}

		this.buffers.released(ret);
		return {ret, len: this.ring.lastLength};
	}

	private reset(): Results {
		const recycled: number[] = [];
		this.ring.reset(ringToken => {
			const token = this.buffers.fileToken(ringToken);
			if (token !== null) {
				this.buffers.released(token);
				recycled.push(token);
			}
		});
		return {recycled};
	}

	private pop(): Results {
		const {ring} = this;
		const ret = this.buffers.fileToken(ring.pop());
		if (ret === null) {
			return {ret};
		}

		this.buffers.popped(ret);
		return {
			ret,
			head: ring.poppedHead,
			slots: ring.poppedSlots,
			rd: ring.poppedReadable,
			wr: ring.poppedWritable,
		};
	}

	private publish(count: number): Results {
		if (count !== this.ring.staged) {
			throw new UserError(`publish: n is ${count} with ${this.ring.staged} completions staged`);
		}

		this.ring.publish(count);
		return {};
	}
}
