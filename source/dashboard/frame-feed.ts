import {type QueueReading} from '../session/snapshot.js';
import {wideColumns} from '../views/overview/queues.js';
import {type Frame} from './components/screen-view.js';

/**
The frame of a screen, made anew when asked; tells its listener only when
something visible has changed.
*/
export class FrameFeed {
	frame: Frame;
	private readonly compose: () => Frame;
	private listener: (() => void) | undefined;

	constructor(compose: () => Frame) {
		this.compose = compose;
		this.frame = compose();
	}

	subscribe(listener: () => void): () => void {
		this.listener = listener;
		return () => {
			this.listener = undefined;
		};
	}

	/**
	Draws what is now without telling anybody: after a resize, before the screen is put up again.
	*/
	redraw(): void {
		this.frame = this.compose();
	}

	/** Draws what is now; returns whether anything visible has changed. */
	refresh(): boolean {
		const frame = this.compose();
		if (sameFrame(frame, this.frame)) {
			return false;
		}

		this.frame = frame;
		this.listener?.();
		return true;
	}
}

/** Rows of the queue table that stay the same object for as long as they are written the same. */
export class SteadyQueues {
	private written = '';
	private shown: readonly QueueReading[] = [];

	/** The rows that the table has already, when the new ones are written the same. */
	of(queues: readonly QueueReading[]): readonly QueueReading[] {
		const written = queues.flatMap(queue => wideColumns.map(column => column.value(queue))).join(' ');
		if (written !== this.written) {
			this.written = written;
			this.shown = queues;
		}

		return this.shown;
	}
}

function sameRows(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
	return a === b || (a?.length === b?.length && a?.every((row, index) => row === b?.[index]) === true);
}

/** Nothing visible differs. */
function sameFrame(a: Frame, b: Frame): boolean {
	return (
		a.width === b.width &&
		a.table?.queues === b.table?.queues &&
		a.table?.rect.y === b.table?.rect.y &&
		sameRows(a.rows, b.rows) &&
		sameRows(a.cover?.rows, b.cover?.rows)
	);
}
