import {type Simulation} from '../simulation/simulation.js';

/** An observer whose knowledge goes back and on with its run. */
export type Imaged = {
	/** What it knows now, as plain data that nobody writes to. */
	image(): object;
	/** Knows what it knew then, in this run or in another of the same plan. */
	restore(image: object): void;
	/** Its figures begin anew now. */
	restart?(): void;
	/**
	Takes over what another of its kind, in a run with the same past, remembers beside its image.
	*/
	share?(other: object): void;
	/** What it remembers beside its image, as plain data. */
	memory?(): object;
	/** Remembers that, of a run of the same plan, once an image of the same moment is restored. */
	recall?(memory: object): void;
};

/** Instruments by name. */
export type Instruments = Readonly<Record<string, Imaged>>;

/**
Makes instruments for a run at time 0 and attaches them, in the order in
which they are to hear of events.
*/
export type Build<Kit extends Instruments> = (simulation: Simulation) => Kit;

/** What each of them knows, by its name. */
export type Images = Readonly<Record<string, object>>;

/** What all of them know now. */
export function imagesOf(instruments: Instruments): Images {
	return Object.fromEntries(Object.entries(instruments).map(([name, instrument]) => [name, instrument.image()]));
}

/**
They know what they knew then; `origin`: those of another run with the same past, whose images these
are.
*/
export function restore(instruments: Instruments, images: Images, origin?: Instruments): void {
	for (const [name, instrument] of Object.entries(instruments)) {
		if (origin !== undefined) {
			instrument.share?.(origin[name]);
		}

		instrument.restore(images[name]);
	}
}

/** What they remember beside their images. */
export function memoriesOf(instruments: Instruments): Images {
	return Object.fromEntries(
		Object.entries(instruments).flatMap(([name, instrument]) => {
			const memory = instrument.memory?.();
			return memory === undefined ? [] : [[name, memory]];
		}),
	);
}

/** They remember that. */
export function recall(instruments: Instruments, memories: Images): void {
	for (const [name, memory] of Object.entries(memories)) {
		instruments[name].recall?.(memory);
	}
}

/** The figures of all of them begin anew now. */
export function restart(instruments: Instruments): void {
	for (const instrument of Object.values(instruments)) {
		instrument.restart?.();
	}
}
