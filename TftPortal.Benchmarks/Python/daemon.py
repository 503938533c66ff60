"""A stand-in for a daemon of FastAPI and PyTorch: the same network in size as the portal's default, random weights, inputs simpler than the portal's, and forecasts made anew on every GET.

serve PORT JOURNAL   answers POST /feed/data, GET /predictions/current, GET /health
forecast SERVERS RUNS   prints the servers a CPU second of the network alone, on one thread
"""
import json, os, sys, threading, time

import numpy as np
import torch
from torch import nn

METRICS = ["cpu_user_pct", "cpu_sys_pct", "cpu_iowait_pct", "cpu_idle_pct", "java_cpu_pct", "mem_used_pct", "swap_used_pct", "disk_usage_pct",
           "net_in_mb_s", "net_out_mb_s", "back_close_wait", "front_close_wait", "load_average", "uptime_days"]
V, H, INNER, HEAD, HEADS, Q, QUANTILE_ANCHORS, SERIES = 14, 32, 16, 24, 4, 7, 7, 7
PAST, AHEAD, PATCH, HORIZON, DAY = 42, 32, 3, 96, 288
EACH = Q + SERIES + QUANTILE_ANCHORS + QUANTILE_ANCHORS + 1


def weights(*shape):
    return nn.Parameter(torch.randn(*shape) * .05)


class Gate(nn.Module):
    def __init__(self, width=H):
        super().__init__()
        self.both, self.norm = nn.Linear(width, 2 * H), nn.LayerNorm(H)

    def forward(self, x, skip):
        value, gate = self.both(x).chunk(2, -1)
        return self.norm(value * torch.sigmoid(gate) + skip)


class Grn(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.gate = nn.Linear(H, H), Gate()

    def forward(self, x, context=None):
        inner = self.inner(x)
        return self.gate(nn.functional.silu(inner if context is None else inner + context), x)


class Selection(nn.Module):
    """Variable selection: a network a metric, and one for the calendar."""

    def __init__(self, features, time):
        super().__init__()
        self.project, self.gate, self.norm = weights(V, features, INNER + 2 * H), weights(V, INNER, 2 * H), nn.LayerNorm(H)
        self.logits, self.score, self.weight = nn.Linear(H, V), nn.Linear(time, H), nn.Linear(H, 1)
        self.calendar = nn.Sequential(nn.Linear(time, INNER), nn.SiLU(), nn.Linear(INNER, H), nn.LayerNorm(H))

    def forward(self, x, time, context):
        tokens = x.shape[2]
        projected = torch.bmm(x.reshape(V, -1, x.shape[-1]), self.project)
        value, gate = torch.bmm(nn.functional.silu(projected[..., :INNER]), self.gate).chunk(2, -1)
        values = self.norm(value * torch.sigmoid(gate) + projected[..., INNER:INNER + H])
        scores = nn.functional.silu(projected[..., INNER + H:].sum(0).reshape(-1, tokens, H) + self.score(time) + context)
        share = torch.softmax(torch.cat([self.logits(scores), self.weight(scores)], -1), -1)
        mix = (values * share[..., :V].permute(2, 0, 1).reshape(V, -1, 1)).sum(0).reshape(-1, tokens, H)
        return mix + self.calendar(time) * share[..., V:]


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.statics, self.context = nn.Linear(V * 48, H), nn.ModuleList(Grn() for _ in range(4))
        self.past, self.future = Selection(9, 5), Selection(18, 7)
        self.encoder, self.decoder = nn.LSTM(H, H, batch_first=True), nn.LSTM(H, H, batch_first=True)
        self.local, self.enriched, self.attended, self.position, self.state = Gate(), Grn(), Gate(), Grn(), Gate()
        self.query, self.key, self.value, self.out = nn.Linear(H, H), nn.Linear(H, H), nn.Linear(H, H // HEADS), nn.Linear(H // HEADS, H, bias=False)
        self.head_state, self.head_time, self.head_future = weights(V, H, HEAD), weights(V, 7, HEAD), weights(V, 18, HEAD)
        self.head_static, self.head_out, self.head_bias = weights(V, 48, HEAD), weights(V, HEAD, PATCH * EACH), weights(V, 1, PATCH * EACH)
        self.register_buffer("order", torch.tril(torch.ones(Q, Q))[1:])
        future = torch.zeros(AHEAD, PAST + AHEAD)
        for step in range(AHEAD):
            future[step, PAST + step + 1:] = -1e9
        self.register_buffer("ahead", future)

    def forward(self, encoder, encoder_time, decoder, decoder_time, statics, series, anchors):
        size = encoder.shape[1]
        context = self.statics(statics.permute(1, 0, 2).reshape(size, -1))
        selection, enrichment, hidden, cell = (grn(context) for grn in self.context)
        past, future = self.past(encoder, encoder_time, selection[:, None]), self.future(decoder, decoder_time, selection[:, None])
        past_out, last = self.encoder(past, (hidden[None].contiguous(), cell[None].contiguous()))
        future_out, _ = self.decoder(future, last)
        local = self.local(torch.cat([past_out, future_out], 1), torch.cat([past, future], 1))
        enriched = self.enriched(local, enrichment[:, None])
        query = self.query(enriched[:, PAST:]).reshape(size, AHEAD, HEADS, -1).transpose(1, 2)
        key = self.key(enriched).reshape(size, PAST + AHEAD, HEADS, -1).permute(0, 2, 3, 1)
        attention = torch.softmax(query @ key / (H // HEADS) ** .5 + self.ahead, -1).mean(1)
        state = self.attended(self.out(attention @ self.value(enriched)), enriched[:, PAST:])
        state = self.state(self.position(state), local[:, PAST:])
        rows = size * AHEAD
        mixed = state.reshape(1, rows, H) @ self.head_state + decoder_time.reshape(1, rows, 7) @ self.head_time + torch.bmm(decoder.reshape(V, rows, 18), self.head_future)
        mixed = mixed.reshape(V, size, AHEAD, HEAD) + torch.bmm(statics, self.head_static)[:, :, None]
        raw = (torch.bmm(nn.functional.silu(mixed).reshape(V, rows, HEAD), self.head_out) + self.head_bias).reshape(V, size, HORIZON, EACH)
        own = raw[..., :1] + nn.functional.silu(raw[..., 1:Q]) @ self.order
        share = torch.softmax(raw[..., Q:Q + SERIES + QUANTILE_ANCHORS], -1)
        unit = torch.softmax(raw[..., Q + SERIES + QUANTILE_ANCHORS:], -1)
        spread = (anchors[..., 5] - anchors[..., 1])[:, :, None]
        own = own * ((unit[..., :QUANTILE_ANCHORS] * spread).sum(-1, keepdim=True) + unit[..., -1:])
        return own + (share[..., :SERIES] * series).sum(-1, keepdim=True) + share[..., SERIES:] @ anchors


def inputs(days):
    """[B,V,288] to the network's inputs: scaled by median and deviation, in tokens; simpler than the portal's."""
    size = len(days)
    days = np.where(np.isnan(days).all(-1, keepdims=True), 0, days)  # a metric that is never sent
    centre, scale = np.nanmedian(days, -1, keepdims=True), np.maximum(np.nanstd(days, -1, keepdims=True), .001)
    z = np.arcsinh(np.nan_to_num((days - centre) / scale)).transpose(1, 0, 2).astype(np.float32)
    encoder = np.ones((V, size, PAST, 9), np.float32)
    hours = z[..., :18 * 12].reshape(V, size, 18, 12)
    encoder[:, :, :18, 0], encoder[:, :, :18, 1], encoder[:, :, :18, 2] = hours.min(-1), hours.mean(-1), hours.max(-1)
    encoder[:, :, 18:, 3:6] = z[..., -72:].reshape(V, size, 24, 3)
    decoder = np.repeat(z[..., :HORIZON].reshape(V, size, AHEAD, PATCH), 6, -1)
    anchors = np.quantile(z, [.02, .1, .25, .5, .75, .9, .98], -1).transpose(1, 2, 0).astype(np.float32)
    statics = np.concatenate([anchors, z[..., -41:]], -1)
    series = np.repeat(z[..., :HORIZON, None], SERIES, -1)
    times = [np.zeros((size, PAST, 5), np.float32), np.zeros((size, AHEAD, 7), np.float32)]
    tensors = [torch.from_numpy(np.ascontiguousarray(x)) for x in (encoder, times[0], decoder, times[1], statics, series, np.repeat(anchors[:, :, None], QUANTILE_ANCHORS, 2))]
    return tensors, centre, scale


def forecast(network, days, batch=32):
    answers = []
    with torch.inference_mode():
        for start in range(0, len(days), batch):
            tensors, centre, scale = inputs(days[start:start + batch])
            answers.append(network(*tensors).permute(1, 0, 2, 3).numpy() * scale[..., None] + centre[..., None])
    return np.concatenate(answers)


def measure(servers, runs):
    torch.set_num_threads(1)
    network = Network().eval()
    days = np.random.default_rng(1).random((servers, V, DAY), np.float32) * 100
    tensors, _, _ = inputs(days)
    alone, whole = [], []
    with torch.inference_mode():
        for _ in range(runs):
            began = time.process_time()
            network(*tensors)
            alone.append(time.process_time() - began)
            began = time.process_time()
            forecast(network, days)
            whole.append(time.process_time() - began)
    print(json.dumps({"network": servers / float(np.median(alone[2:])), "with_inputs": servers / float(np.median(whole[2:])), "parameters": sum(p.numel() for p in network.parameters())}))


def serve(port, journal):
    import uvicorn
    from fastapi import FastAPI
    from pydantic import create_model

    Record = create_model("Record", timestamp=(str, ...), server_name=(str, ...), profile=(str, None), status=(str, None), **{metric: (float, None) for metric in METRICS})
    Batch = create_model("Batch", records=(list[Record], ...))
    app, network, lock, window, log = FastAPI(), Network().eval(), threading.Lock(), {}, open(journal, "a")

    @app.get("/health")
    def health():
        return {"status": "healthy"}

    @app.post("/feed/data")
    def feed(batch: Batch):
        with lock:
            for record in batch.records:
                log.write(record.json() + "\n")
                day = window.setdefault(record.server_name, [])
                day.append([np.nan if getattr(record, metric) is None else getattr(record, metric) for metric in METRICS])
                del day[:-DAY]
            log.flush()
            os.fsync(log.fileno())
            return {"status": "accepted", "records_accepted": len(batch.records)}

    @app.get("/predictions/current")
    def current():
        with lock:
            names = sorted(window)
            days = np.full((len(names), V, DAY), np.nan, np.float32)
            for index, name in enumerate(names):
                days[index, :, -len(window[name]):] = np.array(window[name], np.float32).T
            answers = np.round(forecast(network, days), 2)
        return {"predictions": {name: {metric: {"p10": answer[m, :, 1].tolist(), "p50": answer[m, :, 3].tolist(), "p90": answer[m, :, 5].tolist()} for m, metric in enumerate(METRICS)}
                                for name, answer in zip(names, answers)}}

    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2], sys.argv[3])
    else:
        measure(int(sys.argv[2]), int(sys.argv[3]))
