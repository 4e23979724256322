import {UserError} from '../../source/errors/user-error.js';

type Place = 'available' | 'popped' | 'staged';

/**
Where each outstanding buffer of a vector file is. The file's tokens only grow; the ring's are
small, so a buffer has one of each.
*/
export class Buffers {
	private readonly places = new Map<number, {ringToken: number; place: Place}>();
	private readonly fileTokens: number[] = [];
	private readonly free: number[] = [];

	get outstanding(): number {
		return this.places.size;
	}

	/** A ring token for a new buffer; `added` makes it stick. */
	candidate(token: number): number {
		if (this.places.has(token)) {
			throw new UserError(`add: token ${token} is outstanding`);
		}

		return this.free.at(-1) ?? this.fileTokens.length;
	}

	added(token: number): void {
		const ringToken = this.candidate(token);
		this.free.pop();
		this.fileTokens[ringToken] = token;
		this.places.set(token, {ringToken, place: 'available'});
	}

	/** The file's token of a ring's token, or null for -1. */
	fileToken(ringToken: number): number | null {
		return ringToken < 0 ? null : (this.fileTokens[ringToken] ?? null);
	}

	popped(token: number): void {
		this.move(token, 'available', 'popped');
	}

	/** Moves a buffer from popped to staged and returns its ring token. */
	staged(token: number): number {
		return this.move(token, 'popped', 'staged');
	}

	/** The driver has it back. */
	released(token: number): void {
		const buffer = this.places.get(token);
		if (buffer) {
			this.free.push(buffer.ringToken);
			this.places.delete(token);
		}
	}

	private move(token: number, from: Place, to: Place): number {
		const buffer = this.places.get(token);
		if (buffer?.place !== from) {
			throw new UserError(`token ${token} is ${buffer?.place ?? 'not outstanding'}, not ${from}`);
		}

		buffer.place = to;
		return buffer.ringToken;
	}
}
