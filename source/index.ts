/**
vqlab as a library: load a preset, simulate it, read its metrics.

```js
import {loadPreset, configurationOf, runSimulation} from 'vqlab';

const preset = loadPreset('seed-2019-kick-under-lock'); const before =
runSimulation({configuration: configurationOf(preset), seed: 1, warmup: 200e6, duration: 2e9,
changes: []}); const after = runSimulation({
	configuration: configurationOf(preset, {'driver.lockPolicy': 'kick-after-unlock'}),
	seed: 1,
	warmup: 200e6,
	duration: 2e9,
	changes: [],
});
console.log(before.metrics.lock.spin.worker, after.metrics.lock.spin.worker);
```

Times that go in are ns; the metrics have the units of docs/contract.md (us, per second, shares).
`metrics` is of the whole measured time; with changes, `stretches` has the figures of each setting.
A mistake in what is given throws `UserError` with one line that says what would be right.
*/
export {Run, runSimulation, type RunOptions, type RunOutcome} from './run/run.js';
export {type StallReport} from './run/stall-report.js';
export {type Stretch} from './run/stretches.js';
export {type DistributionSpec} from './engine/distribution.js';
export {
	type Figure,
	type Latency,
	type LockMetrics,
	type Metrics,
	type QueueMetrics,
	type Stage,
	type StageName,
	type Summary,
	type VcpuShares,
} from './metrics/metrics.js';
export {Recorder} from './metrics/recorder.js';
export {type WindowSeries} from './metrics/window-series.js';
export {
	type Change,
	type ClientSpec,
	type FaultSpec,
	type LoopStep,
	type ParameterValue,
} from './parameters/configuration.js';
export {type Configuration} from './simulation/configuration.js';
export {type ResolvedParameters} from './simulation/parameters/table.js';
export {type Parameter} from './parameters/parameter.js';
export {parameter, parameters} from './simulation/parameters/table.js';
export {parseChange, parseSet, parseSets} from './simulation/parameters/parse-set.js';
export {parametersHash} from './simulation/parameters/parameters-hash.js';
export {resolveParameters, warningsFor} from './simulation/parameters/resolve.js';
export {UserError} from './errors/user-error.js';
export {listPresets, loadPreset, presetFromText, presetNames} from './presets/load-preset.js';
export {configurationOf, type Expectation, type Preset} from './presets/preset.js';
export {savePreset} from './presets/save-preset.js';
export {type RunPlan} from './simulation/plan.js';
export {type Checkpoint, Simulation} from './simulation/simulation.js';
export {type Instrument, type Observer} from './tracepoints/observer.js';
export {tracepoints, type Tracepoint, type TracepointName} from './tracepoints/tracepoints.js';
export {createVirtqueue} from './virtqueue/create-virtqueue.js';
export {type Virtqueue} from './virtqueue/virtqueue.js';
export {type VirtqueueOptions} from './virtqueue/virtqueue-options.js';
