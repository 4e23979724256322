import {expect, test} from 'vitest';
import {
	commandIndex,
	commandNames,
	commandOf,
	commands,
	inSegments,
	isCommandName,
	outSegments,
} from '../../../source/devices/gpu/commands.js';

test('the table has an entry a name, in the order of the names and of the codes', () => {
	expect(commands.map(command => command.name)).toEqual([...commandNames]);
	const codes = commands.map(command => command.code);
	expect(codes).toEqual(codes.toSorted((a, b) => a - b));
	expect(new Set(codes).size).toBe(codes.length);
});

test('an index leads back to its name', () => {
	for (const name of commandNames) {
		expect(commandNames[commandIndex(name)]).toBe(name);
	}

	expect(isCommandName('SUBMIT_3D')).toBe(true);
	expect(isCommandName('submit_3d')).toBe(false);
});

test('sizes are those of the structures in virtio_gpu.h', () => {
	expect(commandOf('TRANSFER_TO_HOST_2D')).toMatchObject({code: 0x01_05, requestBytes: 56, responseBytes: 24});
	expect(commandOf('CTX_DETACH_RESOURCE').code).toBe(0x02_03);
	expect(commandOf('MOVE_CURSOR').code).toBe(0x03_01);
});

test('segments: ordinary 1 out 1 in, with data_buf 2 out 1 in, cursor 1 out', () => {
	const segments = (name: (typeof commandNames)[number]) => [outSegments(name), inSegments(name)];
	expect(segments('RESOURCE_CREATE_2D')).toEqual([1, 1]);
	expect(segments('MOVE_CURSOR')).toEqual([1, 0]);
	expect(segments('UPDATE_CURSOR')).toEqual([1, 0]);
	expect(commandNames.filter(name => outSegments(name) === 2)).toEqual([
		'RESOURCE_ATTACH_BACKING',
		'RESOURCE_CREATE_BLOB',
		'SUBMIT_3D',
	]);
});

test('only the two cursor commands use the cursor queue', () => {
	expect(commands.filter(command => command.queue === 'cursor').map(command => command.name)).toEqual([
		'UPDATE_CURSOR',
		'MOVE_CURSOR',
	]);
});
