import {expect, test} from 'vitest';
import {type Metrics} from '../../source/metrics/metrics.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';
import {measured} from '../helpers/model-run.js';

/**
The measured guest on a machine that does nothing else: one thread that creates and destroys
buffers, whose memory waits for grace periods.
*/
function guest(set: Settings): Metrics {
	return measured(
		presetConfiguration(loadPreset('testbed'), {
			'driver.lockPolicy': 'kick-batched',
			'host.background.rate': 0,
			...set,
		}),
		{duration: 500 * ms},
	).metrics;
}

test('on one host CPU the RCU kthread spins on the lock of the vCPU that woke it; with two CPUs it does not', () => {
	const [without, withIt] = [0, 20 * us].map(duration =>
		guest({'host.cpus': 1, 'guest.cost.gracePeriod': constant(duration)}),
	);
	expect(withIt.cpu.vcpus[1].spin).toBeGreaterThan(5 * without.cpu.vcpus[1].spin);
	expect(withIt.throughput.completed).toBeLessThan(0.95 * without.throughput.completed);
	const two = guest({'guest.cost.gracePeriod': constant(20 * us)});
	expect(two.cpu.vcpus[1].spin).toBeLessThan(0.25 * withIt.cpu.vcpus[1].spin);
});

test('it is no wait for ctrlq.qlock', () => {
	const metrics = guest({'host.cpus': 1});
	expect(metrics.lock.spin.worker).toBeLessThan(100 * metrics.cpu.vcpus[1].spin);
});

test('a grace period costs nothing where nothing is freed', () => {
	const hashes = [0, 20 * us].map(
		duration => measured(configurationOf({'guest.cost.gracePeriod': constant(duration)}, [client({})])).eventHash,
	);
	expect(hashes[0]).toBe(hashes[1]);
});

test('sleepers on ack_queue are woken one after another, the longest first', () => {
	const {log} = logged(
		configurationOf({'queue.size': 2, 'driver.lockPolicy': 'kick-after-unlock', 'guest.vcpus': 4}, [
			client({threads: 3, loop: [loopStep({commands: times(4, 'RESOURCE_FLUSH')})], think: constant(ms)}),
		]),
		20 * ms,
	);
	// The order of sleeping is the order of coming back for the lock.
	const asleep: number[] = [];
	let returned = 0;
	for (const {point, actor} of log.of('roomWait', 'lockCalled')) {
		if (point === 'roomWait') {
			asleep.push(actor);
		} else if (asleep.includes(actor)) {
			expect(asleep.indexOf(actor)).toBe(0);
			asleep.shift();
			returned++;
		}
	}

	expect(returned).toBeGreaterThan(10);
});
