import {Simulation} from '../simulation/simulation.js';

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
};

/** Instruments by name. */
export type Instruments = Readonly<Record<string, Imaged>>;

/**
Makes instruments for a run at time 0 and attaches them, in the order in
which they are to hear of events.
*/
export type Build<Kit extends Instruments> = (simulation: Simulation) => Kit;
