import process from 'node:process';
import {drawOf, tryDraw} from './draw.js';

/** What a worker is asked for: the draws [from, to) of a seed. */
export type Order = {readonly seed: number; readonly from: number; readonly to: number};

/** What it answers: a draw has begun; one has ended, with what is wrong. */
export type Answer = {readonly begun: number} | {readonly ended: number; readonly fault: string | undefined};

function answer(value: Answer): void {
	process.send?.(value);
}

process.on('message', (order: Order) => {
	void carryOut(order);
});

async function carryOut({seed, from, to}: Order): Promise<void> {
	for (let index = from; index < to; index++) {
		answer({begun: index});
		const fault = await tryDraw(drawOf(seed, index)); // eslint-disable-line no-await-in-loop -- one draw after the other
		answer({ended: index, fault});
		// Messages go out between two draws.
		await new Promise(resolve => { // eslint-disable-line no-await-in-loop -- the same
			setImmediate(resolve);
		});
	}

	process.disconnect();
}
