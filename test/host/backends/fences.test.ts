import {expect, test} from 'vitest';
import {client, configurationOf, constant, loopStep, ms, type Settings, us} from '../../helpers/model-configuration.js';
import {logged} from '../../helpers/model-log.js';
import {type ClientSpec} from '../../../source/parameters/configuration.js';

const fenced = client({
	loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})],
	think: constant(100 * ms),
});
const virgl: Settings = {'device.kind': 'virgl', 'device.gpuTime': constant(3 * ms)};

/** A client that kicks once, at about this time, with an unfenced command. */
function kicker(at: number): ClientSpec {
	return client({
		name: 'kicker',
		vcpu: 1,
		loop: [loopStep({prepare: constant(at)})],
		think: constant(100 * ms),
	});
}

test('2d: a fenced command ends in the pass that processes it', () => {
	const {log} = logged(configurationOf({}, [fenced]), ms);
	expect(log.count('fenceQueued')).toBe(0);
	expect(log.first('usedPublished').time - log.first('serviceStarted').time).toBe(5350);
	expect(log.count('responded')).toBe(1);
});

test('poll: the fence is seen at the poll 10 ms after the pass, not when the GPU is done', () => {
	const {log} = logged(configurationOf({...virgl, 'device.fence': 'poll'}, [fenced]), 50 * ms);
	const left = log.first('fenceQueued').time;
	expect(left - log.first('serviceStarted').time).toBe(5 * us);
	// The main loop wakes in 8 us; the push takes 350 ns.
	expect(log.first('usedPublished').time).toBe(left + 10 * ms + 8 * us + 350);
});

test.each([
	// GPU time in ms, polls until the fence is seen.
	[3, 1],
	[9.9, 1],
	[10.1, 2],
	[25, 3],
])('poll: GPU work of %f ms is seen at poll %i', (gpu, polls) => {
	const {log} = logged(
		configurationOf({...virgl, 'device.fence': 'poll', 'device.gpuTime': constant(gpu * ms)}, [fenced]),
		90 * ms,
	);
	const wait = log.first('usedPublished').time - log.first('fenceQueued').time;
	expect(wait).toBe(polls * (10 * ms + 8 * us) + 350);
});

test('poll: a kick of anybody polls too', () => {
	const {log} = logged(
		configurationOf({...virgl, 'device.fence': 'poll'}, [{...fenced, vcpu: 0}, kicker(5 * ms)]),
		50 * ms,
	);
	const [unfenced, seen] = log.of('usedPublished');
	expect(seen.subject).toBe(log.first('fenceQueued').subject);
	expect(unfenced.time).toBeGreaterThan(5 * ms);
	// In the same pass, behind the kicker's own command: its MSI and one push.
	expect(seen.time - unfenced.time).toBe(1500 + 350);
	expect(log.count('passStarted')).toBe(2);
});

test('poll: a kick before the GPU is done pushes the timer out', () => {
	const {log} = logged(
		configurationOf({...virgl, 'device.fence': 'poll'}, [{...fenced, vcpu: 0}, kicker(2 * ms)]),
		50 * ms,
	);
	const [unfenced, seen] = log.of('usedPublished');
	expect(unfenced.time).toBeLessThan(log.first('fenceQueued').time + 3 * ms);
	// Armed anew at the end of the kicker's pass, behind its MSI.
	expect(seen.time).toBe(unfenced.time + 1500 + 10 * ms + 8 * us + 350);
});

test('poll: the period can be changed', () => {
	const {log} = logged(
		configurationOf({...virgl, 'device.fence': 'poll', 'device.fencePoll': 4 * ms}, [fenced]),
		50 * ms,
	);
	expect(log.first('usedPublished').time - log.first('fenceQueued').time).toBe(4 * ms + 8 * us + 350);
});

test('async: the renderer calls back when the GPU is done', () => {
	const {log} = logged(configurationOf({...virgl, 'device.fence': 'async'}, [fenced]), 50 * ms);
	expect(log.first('usedPublished').time - log.first('fenceQueued').time).toBe(3 * ms + 8 * us + 350);
});

test('fences complete in the order of their ids: the GPU takes one after another', () => {
	for (const fence of ['poll', 'async']) {
		const {log} = logged(
			configurationOf({...virgl, 'device.fence': fence, 'device.gpuTime': {kind: 'exp', mean: 2 * ms}}, [
				client({
					threads: 2,
					loop: [loopStep({commands: ['SUBMIT_3D', 'SUBMIT_3D', 'SUBMIT_3D'], fenced: true, objects: 1})],
				}),
			]),
			300 * ms,
		);
		const done = log.of('usedPublished').map(({subject}) => subject);
		expect(done.length).toBeGreaterThan(60);
		expect(done).toEqual(
			log
				.of('fenceQueued')
				.map(({subject}) => subject)
				.slice(0, done.length),
		);
	}
});

test('unfenced commands of virgl end in their pass and overtake fences', () => {
	const {log} = logged(
		configurationOf({...virgl, 'device.fence': 'async'}, [
			client({
				loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1}), loopStep()],
				think: constant(100 * ms),
			}),
		]),
		50 * ms,
	);
	const order = log.of('usedPublished').map(({subject}) => subject);
	const published = log.of('published').map(({subject}) => subject);
	expect(order).toEqual(published.toReversed());
});

test('the fence costs its objects, with the lock held', () => {
	const hold = (objects: number): number => {
		const {log} = logged(
			configurationOf({'driver.lockPolicy': 'kick-after-unlock', 'driver.fenceWork': constant(300)}, [
				client({loop: [loopStep({fenced: true, objects})], think: constant(100 * ms)}),
			]),
			ms,
		);
		return log.first('lockReleased').time - log.first('lockAcquired').time;
	};

	expect(hold(0)).toBe(1100);
	expect(hold(7)).toBe(1100 + 7 * 300);
});
