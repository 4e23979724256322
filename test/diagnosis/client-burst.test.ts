import {expect, test} from 'vitest';
import {burstOf, waits} from '../../source/diagnosis/client-burst.js';
import {type ClientSpec} from '../../source/parameters/configuration.js';
import {client, loopStep, times} from '../helpers/model-configuration.js';

const five = loopStep({commands: times(5, 'RESOURCE_CREATE_2D')});
const three = loopStep({commands: times(3, 'RESOURCE_CREATE_2D')});
const moves = loopStep({commands: times(9, 'MOVE_CURSOR'), queue: 'cursor'});

test.each<[string, Partial<ClientSpec>, number | undefined]>([
	['a round that is waited for', {loop: [five, three]}, 8],
	['two threads', {loop: [five], threads: 2}, 10],
	['no wait at all', {loop: [five, three], wait: 'none'}, undefined],
	['a wait in the middle cuts the round', {loop: [{...five, wait: 'response'}, three]}, 5],
	[
		'without one at the end the rest runs into the next round',
		{loop: [{...three, wait: 'response'}, five], wait: 'none'},
		8,
	],
	['cursor commands are of another ring', {loop: [three, moves]}, 3],
])('%s', (_, spec, burst) => {
	expect(burstOf(client(spec))).toBe(burst);
	expect(waits(client(spec))).toBe(burst !== undefined);
});
