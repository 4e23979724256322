import {describe, expect, it} from 'vitest';
import {withOwnEmits} from '../../scripts/emits.js';
import {tracepoint} from '../../source/tracepoints/tracepoints.js';

const probe =
	'var Probe=class{emit(point,actor,subject,value){let listener=this.listeners[point];' +
	'listener(actor,subject,value)}};var Other=class{emit(point){}};';
const [emitting, probing] = withOwnEmits([
	{
		name: 'emitting.js',
		code:
			'function run(core){core.probe.emit(tracepoint2.exit,1,f(2),3);' +
			'core.probe.emit(core.is?tracepoint2.exit:tracepoint2.reset,1,2,3);' +
			'events.emit(tracepoint2.exit);other.emit(tracepoint2.none,1,2,3)}',
	},
	{name: 'probing.js', code: probe},
]).map(({code}) => code);

describe('withOwnEmits', () => {
	it('calls a method of the tracepoint that is named, and emit for any other', () => {
		expect(emitting).toBe(
			'function run(core){core.probe.emit$exit(1,f(2),3);' +
				'core.probe.emit(core.is?tracepoint2.exit:tracepoint2.reset,1,2,3);' +
				'events.emit(tracepoint2.exit);other.emit(tracepoint2.none,1,2,3)}',
		);
	});

	it('makes the method from emit, which stays', () => {
		expect(probing).toBe(
			probe.replace(
				'emit(',
				() =>
					`emit$exit(actor,subject,value){const point=${tracepoint.exit};let listener=this.listeners[point];` +
					'listener(actor,subject,value)}emit(',
			),
		);
	});

	it('leaves files alone that emit nothing, and refuses those without a probe', () => {
		expect(withOwnEmits([{name: 'a.js', code: 'var a=1;'}])).toEqual([{name: 'a.js', code: 'var a=1;'}]);
		expect(() => withOwnEmits([{name: 'a.js', code: 'p.emit(tracepoint.exit,1,2,3)'}])).toThrow('no class Probe');
	});
});
