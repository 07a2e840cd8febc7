// node simulate.mjs sixteen|noisy IN OUT: the record of a machine that is not at hand, made of one of
// this machine, to see how the lecture reads there. The figures are made up, so it is for tests alone.
//   sixteen   threads go to 16 and follow Amdahl's law with a share that depends on the experiment
//   noisy     every time is multiplied by a random factor, for some samples a large one
import { readFileSync, writeFileSync } from "node:fs";

const [kind, from, to] = process.argv.slice(2);
const record = JSON.parse(readFileSync(from, "utf8"));

let state = 12345; // the same numbers in every run
const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

// Threads that get in each other's way make a share of more than one: slower than alone.
const SHARES = { race: 3, critical: 8, atomic: 3, side_by_side: 1.6, shared: 90, forkjoin: 6,
                 triad: 0.3, temporaries: 0.25, eiglib: 0.9 };
const THREADS = [1, 2, 4, 8, 16];

const scaled = (samples, factor) => samples.map(([round, position, wall, cpu]) =>
    [round, position, ...[wall, cpu].map((time) => time * factor * Math.exp(0.004 * normal()))]);

function onThreads(one, threads, share) {
    const copy = structuredClone(one);
    copy.threads = threads;
    copy.key = `${one.key.slice(0, 13)}${String(threads).padStart(3, "0")}`;
    copy.environment = one.environment.map((line) => line.replace(/(NUM_THREADS)=\d+/, `$1=${threads}`));
    copy.load = [];
    copy.samples = scaled(one.samples, share + (1 - share) / threads);
    copy.control = [];
    if (copy.answers?.length && threads > 1) // a race loses more, the more take part
        copy.answers = copy.answers.map((answer) => Math.round(answer * (0.1 + 0.2 * random())));
    return copy;
}

function widen(experiment) {
    const share = SHARES[experiment.name] ?? SHARES[experiment.name.split("@")[0]] ?? 0.01;
    const rows = experiment.configurations;
    const sweep = rows.some((row) => row.variant === "parallel" && row.threads === 1);
    const counts = sweep ? THREADS : [16];
    experiment.configurations = rows.flatMap((row) => {
        const own = row.variant === "parallel" || row.variant === "processes";
        if ((!own && !row.variant.endsWith("parallel")) || row.status !== "ok")
            return [row];
        if (!own) // a guest: on the most threads alone
            return [onThreads(row, 16, 0.1)];
        const first = rows.find((other) => other.variant === row.variant);
        if (row !== first)
            return [];
        const grain = experiment.swept ? 50 / (50 + experiment.settings.find(
            (setting) => setting.name === experiment.swept).value) : 0;
        return counts.map((count) => onThreads(first, count, count === 1 ? 1 : share + grain));
    });
}

function disturb(experiment) {
    for (const row of experiment.configurations)
        for (const list of [row.samples, row.control])
            list.forEach((sample) => {
                const factor = Math.exp(0.3 * Math.abs(normal())) * (random() < 0.2 ? 3 : 1);
                sample[2] *= factor;
            });
    experiment.steal = 0.08;
    experiment.others = 0.3;
}

if (kind === "sixteen")
    record.cores = record.hardware_threads = 16;
record.experiments.forEach(kind === "sixteen" ? widen : disturb);
writeFileSync(to, JSON.stringify(record));
