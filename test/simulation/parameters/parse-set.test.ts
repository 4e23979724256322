import {expect, test} from 'vitest';
import {parseChange, parseSet, parseSets} from '../../../source/simulation/parameters/parse-set.js';
import {UserError} from '../../../source/errors/user-error.js';

test.each([
	['driver.lockPolicy=kick-under-lock', 'kick-under-lock'],
	['host.ioeventfd=on', true],
	['host.ioeventfd=false', false],
	['queue.size=256', 256],
	['queue.size=auto', 'auto'],
	['device.fencePoll=1ms', 1_000_000],
	['host.cost.msi=exp(2us)', {kind: 'exp', mean: 2000}],
	['guest.cost.prepare.SUBMIT_3D=inherit', 'inherit'],
	['host.bql.rate=0.5', 0.5],
])('%s', (text, value) => {
	expect(parseSet(text).value).toEqual(value);
});

test.each([
	['queue.size', 'write key=value'],
	['=5', 'write key=value'],
	['quee.size=64', 'did you mean queue.size?'],
	['queue.size=1', 'queue.size: 1 is out of range: 2 to 32768'],
	['queue.size=many', 'queue.size: "many" is not right here: auto or a whole number, 2 to 32768'],
	['queue.size=64.5', 'no whole number'],
	['queue.size=1e3', 'not right here'],
	['driver.lockPolicy=fast', 'one of kick-under-lock, kick-after-unlock, kick-batched, kick-batched-under-lock'],
	['host.ioeventfd=maybe', 'neither true nor false'],
	['host.cost.msi=20ms', 'out of range: 0ns to 10ms'],
	['host.cost.msi=20', 'host.cost.msi: "20" has no unit'],
	['device.fencePoll=', 'device.fencePoll: "" is no duration'],
	['host.cost.msi=empirical(/etc/passwd#x)', 'in a preset only'],
])('%s is refused: %s', (text, reason) => {
	expect(() => parseSet(text)).toThrow(reason);
	expect(() => parseSet(text)).toThrow(UserError);
});

test('a message is one line whatever was given', () => {
	const noise = `queue.size=${'\u001B[2J\n\r\u0000x'.repeat(500)}`;
	let message = '';
	try {
		parseSet(noise);
	} catch (error) {
		message = error instanceof Error ? error.message : '';
	}

	expect(message).toMatch(/^queue\.size: /v);
	expect(message).not.toMatch(/[\p{Cc}]/v);
	expect(message.length).toBeLessThan(200);
});

test('a later setting wins', () => {
	expect(parseSets(['host.load=1', 'queue.size=64', 'host.load=2'])).toEqual({'host.load': 2, 'queue.size': 64});
});

test('a change has a time and settings', () => {
	expect(parseChange('500ms host.load=1')).toEqual({at: 500_000_000, set: {'host.load': 1}});
	expect(parseChange('1s host.cost.msi=uniform(1us, 2us) host.load=3')).toEqual({
		at: 1e9,
		set: {'host.cost.msi': {kind: 'uniform', low: 1000, high: 2000}, 'host.load': 3},
	});
	expect(() => parseChange('host.load=1')).toThrow('write a time and key=value');
	expect(() => parseChange('500 host.load=1')).toThrow('has no unit');
});
