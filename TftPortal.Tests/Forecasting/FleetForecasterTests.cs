using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Forecasting;

public class FleetForecasterTests
{
    private static readonly long FirstStep = AWindow.Grid.StepOf(AReading.Noon);

    [Fact]
    public void Without_a_model_every_server_gets_a_baseline_and_is_called_so()
    {
        var forecaster = new FleetForecaster(Baseline(), model: null);

        var forecasts = forecaster.Forecast([Server("web-01", 200)], FirstStep, CancellationToken.None);

        Assert.Equal(ForecastSource.Baseline, forecasts.Single().ModelType);
        Assert.Equal("baseline-1", forecaster.ModelVersion);
    }

    [Fact]
    public void The_model_answers_for_servers_with_enough_steps_and_the_baseline_for_the_others()
    {
        var forecasts = new FleetForecaster(Baseline(), new MemoryModel()).Forecast([Server("new", 5), Server("old", 200)], FirstStep, CancellationToken.None);

        Assert.Equal([("new", ForecastSource.Baseline), ("old", ForecastSource.Tft)], forecasts.Select(forecast => (forecast.Server, forecast.ModelType)));
    }

    [Fact]
    public void A_metric_that_the_model_leaves_out_is_filled_by_the_baseline_and_says_so()
    {
        var forecast = new FleetForecaster(Baseline(), new MemoryModel()).Forecast([Server("old", 200)], FirstStep, CancellationToken.None).Single();

        Assert.Equal(ForecastSource.Tft, forecast.Of(Metric.MemUsedPercent)!.Source);
        Assert.Equal(ForecastSource.Baseline, forecast.Of(Metric.LoadAverage)!.Source);
        Assert.Null(forecast.Of(Metric.SwapUsedPercent));
        Assert.Equal("memory-model", forecast.ModelVersion);
    }

    [Fact]
    public void Only_servers_that_changed_are_forecast_again()
    {
        var model = new MemoryModel();
        var forecaster = new FleetForecaster(Baseline(), model);
        var (one, other) = (Server("one", 200), Server("other", 200));
        var first = forecaster.Forecast([one, other], FirstStep, CancellationToken.None);

        var second = forecaster.Forecast([one, other with { Revision = other.Revision + 1 }], FirstStep, CancellationToken.None);

        Assert.Equal(["one", "other", "other"], model.Asked);
        Assert.Same(first[0], second[0]);
    }

    [Fact]
    public void When_a_step_has_passed_every_server_is_forecast_again()
    {
        var model = new MemoryModel();
        var forecaster = new FleetForecaster(Baseline(), model);
        ImmutableArray<ServerSnapshot> servers = [Server("one", 200)];
        forecaster.Forecast(servers, FirstStep, CancellationToken.None);

        var forecast = forecaster.Forecast(servers, FirstStep + 1, CancellationToken.None).Single();

        Assert.Equal(AReading.Noon.AddMinutes(5), forecast.FirstStep);
        Assert.Equal(["one", "one"], model.Asked);
    }

    [Fact]
    public void When_the_model_is_exchanged_every_server_is_forecast_again()
    {
        var model = new MemoryModel();
        var forecaster = new FleetForecaster(Baseline(), model);
        forecaster.Forecast([Server("one", 200)], FirstStep, CancellationToken.None);

        model.Version = "memory-model-2";
        var forecast = forecaster.Forecast([Server("one", 200)], FirstStep, CancellationToken.None).Single();

        Assert.Equal("memory-model-2", forecast.ModelVersion);
    }

    [Fact]
    public void After_a_cycle_that_failed_the_next_one_starts_afresh()
    {
        var model = new MemoryModel { Fails = true };
        var forecaster = new FleetForecaster(Baseline(), model);
        Assert.Throws<InvalidOperationException>(() => forecaster.Forecast([Server("one", 200)], FirstStep, CancellationToken.None));

        model.Fails = false;

        Assert.Equal("one", forecaster.Forecast([Server("one", 200)], FirstStep, CancellationToken.None).Single().Server);
    }

    private static BaselineForecaster Baseline() => new(AWindow.Grid, new FakeTimeProvider(AReading.Noon));

    private static ServerSnapshot Server(string name, int steps) =>
        AHistory.Of(name).Steps(steps).With(Metric.MemUsedPercent, 40).With(Metric.LoadAverage, 1).Snapshot();

    /// <summary>Knows memory only, and wants twelve readings.</summary>
    private sealed class MemoryModel : IForecaster
    {
        public List<string> Asked { get; } = [];
        public bool Fails { get; set; }
        public string Version { get; set; } = "memory-model";

        public bool CanForecast(ServerSnapshot server, long firstStep) => server.Records >= 12;

        public void Forecast(IReadOnlyList<ServerSnapshot> servers, long firstStep, Span<ServerForecast?> forecasts, CancellationToken stop)
        {
            if (Fails) throw new InvalidOperationException("The model is damaged.");
            for (var index = 0; index < servers.Count; index++)
            {
                Asked.Add(servers[index].Name);
                forecasts[index] = (AForecast.Of(servers[index].Name) with { Version = Version, Revision = servers[index].Revision })
                    .With(Metric.MemUsedPercent, 50).Made() with { FirstStep = AWindow.Grid.StartOf(firstStep) };
            }
        }
    }
}
