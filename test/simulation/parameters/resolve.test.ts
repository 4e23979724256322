import {expect, test} from 'vitest';
import {resolveParameters, warningsFor} from '../../../source/simulation/parameters/resolve.js';
import {parameters} from '../../../source/simulation/parameters/table.js';

test('every key has a value and none is automatic', () => {
	const resolved = resolveParameters();
	expect(Object.keys(resolved)).toEqual(
		parameters.filter(({devices}) => devices === undefined).map(entry => entry.key),
	);
	expect(Object.keys(resolveParameters({'device.kind': 'pmem'}))).toEqual(parameters.map(entry => entry.key));
	expect(Object.values(resolved)).not.toContain('auto');
	expect(Object.values(resolved)).not.toContain('inherit');
});

test('automatic values follow the device and the vCPUs, not the load', () => {
	expect(resolveParameters()).toMatchObject({
		'queue.size': 64,
		'queue.cursorSize': 16,
		'device.fence': 'sync',
		'host.cpus': 3,
	});
	expect(resolveParameters({'device.kind': 'virgl'})).toMatchObject({'queue.size': 256, 'device.fence': 'poll'});
	expect(resolveParameters({'guest.vcpus': 4, 'host.load': 2})['host.cpus']).toBe(5);
	expect(resolveParameters({'guest.vcpus': 4, 'host.cpus': 2})['host.cpus']).toBe(2);
});

test.each([
	['qemu', 64, 16, true, 'poll', 3],
	['vhost-user-gpu', 64, 16, true, 'async', 3],
	['crosvm', 512, 16, true, 'async', 3],
	['libkrun', 256, 256, false, 'async', 3],
	['mapped', 64, 16, true, 'async', 2],
])('automatic values follow the backend: %s', (backend, size, cursorSize, eventIdx, fence, cpus) => {
	expect(resolveParameters({'host.backend': backend})).toMatchObject({
		'queue.size': size,
		'queue.cursorSize': cursorSize,
		'queue.eventIdx': eventIdx,
		'device.fence': 'sync',
		'host.cpus': cpus,
	});
	expect(resolveParameters({'host.backend': backend, 'device.kind': 'virgl'})['device.fence']).toBe(fence);
	expect(resolveParameters({'host.backend': backend})['queue.indirect']).toBe(
		backend !== 'crosvm' && backend !== 'libkrun',
	);
});

test('a command inherits the cost of its family', () => {
	const resolved = resolveParameters({'guest.cost.prepare': '9us', 'guest.cost.prepare.SUBMIT_3D': '30us'});
	expect(resolved['guest.cost.prepare.GET_EDID']).toEqual({kind: 'const', value: 9000});
	expect(resolved['guest.cost.prepare.SUBMIT_3D']).toEqual({kind: 'const', value: 30_000});
});

test('resolving what is resolved changes nothing', () => {
	const resolved = resolveParameters({'device.kind': 'virgl', 'host.load': 1});
	expect(resolveParameters(resolved)).toEqual(resolved);
});

test('one vCPU takes all interrupts unless another is named', () => {
	expect(resolveParameters({'guest.vcpus': 1})['guest.irqVcpu']).toBe(0);
	expect(() => resolveParameters({'guest.vcpus': 1, 'guest.irqVcpu': 1})).toThrow(
		'guest.irqVcpu: there is no vCPU 1',
	);
});

test.each([
	[
		{'queue.size': 96},
		'queue.size: 96 is no power of two, which a split ring needs: 64 or 128, or queue.layout=packed',
	],
	[{'queue.cursorSize': 7}, 'queue.cursorSize: 7 is no power of two'],
	[{'host.accel': 'tcg'}, 'driver.spinlock: pv-qspinlock needs KVM'],
	[{'device.fence': 'poll'}, 'device.fence: poll needs device.kind=virgl'],
	[{'device.kind': '2d', 'device.fence': 'async'}, 'needs device.kind=virgl'],
	[
		{'host.backend': 'libkrun', 'queue.eventIdx': true},
		'queue.eventIdx: libkrun does not offer VIRTIO_F_EVENT_IDX: false',
	],
	[
		{'host.backend': 'libkrun', 'queue.indirect': true},
		'queue.indirect: libkrun does not offer VIRTIO_F_INDIRECT_DESC: false',
	],
	[{'host.backend': 'libkrun', 'queue.layout': 'packed'}, 'queue.layout: libkrun has split rings only'],
	[
		{'host.backend': 'crosvm', 'queue.indirect': true},
		'queue.indirect: crosvm does not offer VIRTIO_F_INDIRECT_DESC: false',
	],
	[
		{'host.backend': 'crosvm', 'host.accel': 'tcg', 'driver.spinlock': 'qspinlock'},
		"host.accel: tcg is QEMU's own emulation",
	],
	[
		{'host.backend': 'vhost-user-gpu', 'device.kind': 'virgl', 'device.fence': 'poll'},
		'device.fence: vhost-user-gpu is told of each fence',
	],
	[{'guest.vcpus': 65}, 'out of range: 1 to 64'],
	[{constructor: 1}, 'unknown parameter "constructor"'],
	[JSON.parse('{"__proto__": 1}') as Record<string, number>, 'unknown parameter "__proto__"'],
])('%j is refused', (given, reason) => {
	expect(() => resolveParameters(given)).toThrow(reason);
});

test('a packed ring may have any size', () => {
	expect(resolveParameters({'queue.size': 96, 'queue.layout': 'packed'})['queue.size']).toBe(96);
});

test('more slots than QEMU allows are warned of', () => {
	expect(warningsFor(resolveParameters({'queue.size': 2048}))).toEqual([
		'queue.size = 2048: QEMU allows at most 1024 slots',
	]);
	expect(warningsFor(resolveParameters({'queue.size': 2048, 'host.backend': 'crosvm'}))).toEqual([]);
	expect(warningsFor(resolveParameters())).toEqual([]);
});
