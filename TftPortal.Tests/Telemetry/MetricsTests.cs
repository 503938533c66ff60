using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Telemetry;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.Telemetry;

/// <summary><c>/metrics</c>. The exporter hears every portal of this process, so a value here is at least what this one did; the exact count is asked of this portal's own meter.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Prometheus_reads_counters_gauges_and_the_cycles_histogram_each_with_help_type_and_unit()
    {
        await using var portal = await RunningPortal.StartAsync("--Engine:ForecastSeconds=1");
        using var fed = await portal.FeedAsync($$"""{"records":[{"timestamp":"{{TimeProvider.System.GetUtcNow():O}}","server_name":"web-01","cpu_idle_pct":80}]}""");
        await portal.Feed.WatchAsync(TestContext.Current.CancellationToken).FirstAsync(picture => picture.Servers.Length == 1, TestContext.Current.CancellationToken);
        using var answer = await portal.GetAsync(MetricsSetup.Path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("version=0.0.4", answer.Content.Headers.ContentType.ToString(), StringComparison.Ordinal);
        foreach (var (name, kind) in new[]
                 {
                     ("tft_http_403_total", "counter"), ("tft_http_429_total", "counter"), ("tft_cors_refused_total", "counter"), ("tft_intake_readings_total", "counter"), ("tft_forecast_duration_seconds", "histogram"),
                     ("tft_forecast_age_seconds", "gauge"), ("tft_window_servers", "gauge"), ("tft_journal_batches", "gauge"), ("tft_journal_size_bytes", "gauge"), ("tft_state_health", "gauge"),
                 })
        {
            Assert.Contains($"# TYPE {name} {kind}\n", text, StringComparison.Ordinal);
            Assert.Contains($"# HELP {name} ", text, StringComparison.Ordinal);
        }

        Assert.Matches("(?m)^tft_http_403_total\\{\\} \\d", text);
        Assert.Contains("tft_intake_readings_total{outcome=\"taken\"}", text, StringComparison.Ordinal);
        Assert.Contains("tft_forecast_duration_seconds_bucket{le=\"30\"}", text, StringComparison.Ordinal);
        Assert.Contains("tft_forecast_duration_seconds_bucket{le=\"+Inf\"}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningPortal.Key, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everyone_who_is_turned_away_is_counted_once()
    {
        await using var portal = await RunningPortal.StartAsync("--RateLimits:ReadPerMinute=3");
        using var counted = new Refusals(portal.Services.GetRequiredService<IMeterFactory>());
        using var wrong = await portal.SendAsync(HttpMethod.Get, "/alerts/active", key: "wrong");
        using var none = await portal.SendAsync(HttpMethod.Get, "/metrics", key: null);
        for (var hit = 0; hit < 4; hit++) (await portal.GetAsync("/alerts/active")).Dispose();
        using var evil = await portal.SendAsync(HttpMethod.Options, "/feed/data", key: null, headers: [("Origin", "https://evil.com"), ("Access-Control-Request-Method", "POST")]);
        using var page = await portal.GetAsync("/health", ("Origin", "null"));
        using var own = await portal.GetAsync("/health", ("Origin", portal.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));
        using var allowed = await portal.GetAsync("/health", ("Origin", "http://localhost:8501"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (wrong.StatusCode, none.StatusCode, evil.StatusCode));
        await Access.KeyedPortal.EventuallyAsync(() => Task.FromResult(counted["tft.cors.refused"] >= 2)); // the answer is sent before it is counted
        Assert.Equal((2, 1, 2), (counted["tft.http.403"], counted["tft.http.429"], counted["tft.cors.refused"]));
    }

    private sealed class Refusals : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

        public Refusals(IMeterFactory factory)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == RefusalMeter.Name && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            {
                lock (counts) counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            });
            listener.Start();
        }

        public long this[string name]
        {
            get
            {
                lock (counts) return counts.GetValueOrDefault(name);
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
