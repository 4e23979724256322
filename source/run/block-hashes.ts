/** Events between two hashes (docs/contract.md, section 6). */
export const blockSize = 65_536;

/** A run that counts and hashes its events. */
type Hashed = {
	readonly events: number;
	eventHash(): string;
};

/** The event hash after every 2^16 events of a run, to find where two runs part. */
export class BlockHashes {
	private readonly hashes: string[];

	constructor(origin: readonly string[] = []) {
		this.hashes = [...origin];
	}

	/** In the order of the blocks, those that the run has gone through. */
	get all(): readonly string[] {
		return this.hashes;
	}

	/** It has gone through blocks with these hashes. */
	recall(hashes: readonly string[]): void {
		this.hashes.push(...hashes);
	}

	/** Events up to the end of the block that a run is in. */
	left(run: Hashed): number {
		return blockSize - (run.events % blockSize);
	}

	/** Notes the hash where a block ends. */
	note(run: Hashed): void {
		if (run.events > 0 && run.events % blockSize === 0) {
			this.hashes[run.events / blockSize - 1] = run.eventHash();
		}
	}

	/** What comes after these events will be other than it was. */
	forget(events: number): void {
		this.hashes.length = Math.min(this.hashes.length, Math.floor(events / blockSize));
	}
}
