using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using TftPortal.Settings;
using TftPortal.Tests.Api;

namespace TftPortal.Tests.State;

/// <summary>The state as those outside see it.</summary>
public sealed class StateOfThePortalTests
{
    private static readonly string NoModel = $"--Engine:ModelFolder={Path.Combine(AppContext.BaseDirectory, "no-model")}";

    [Fact]
    public async Task A_save_on_demand_answers_with_the_generation_and_status_shows_it()
    {
        await using var portal = await RunningPortal.StartAsync(NoModel);
        await portal.FeedAsync(Record("web-01"));

        var saved = await RunningPortal.JsonOf(await portal.SendAsync(HttpMethod.Post, "/admin/state/save"));
        var state = (await RunningPortal.JsonOf(await portal.GetAsync("/status"))).GetProperty("state");

        Assert.Equal((1, 1), (saved.GetProperty("records").GetInt32(), saved.GetProperty("generation").GetInt32()));
        Assert.Equal(saved.GetRawText(), Assert.Single(state.GetProperty("generations").EnumerateArray()).GetRawText());
        Assert.Equal("good", state.GetProperty("health").GetString());
        Assert.Equal(1, state.GetProperty("journal").GetProperty("newest_sequence").GetInt32());
    }

    [Fact]
    public async Task Nobody_saves_without_a_key()
    {
        await using var portal = await RunningPortal.StartAsync(NoModel);

        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Post, "/admin/state/save", key: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.SendAsync(HttpMethod.Post, "/admin/state/save", key: "wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await portal.GetAsync("/admin/state/save")).StatusCode);
    }

    [Fact]
    public async Task A_server_whose_clock_is_hours_ahead_is_refused_and_named_in_status()
    {
        await using var portal = await RunningPortal.StartAsync(NoModel, "--Engine:ForecastSeconds=1");
        await portal.FeedAsync(Record("right-01"));
        var answer = await portal.FeedAsync(Record("ahead-01", hours: 5));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        JsonElement clocks;
        do
        {
            clocks = (await RunningPortal.JsonOf(await portal.GetAsync("/status"))).GetProperty("clocks");
        }
        while (clocks.GetArrayLength() == 0);
        Assert.Equal("ahead-01", clocks[0].GetProperty("server").GetString());
        Assert.InRange(clocks[0].GetProperty("offset_seconds").GetDouble(), 17_900, 18_000);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_stops_the_start_with_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("tft-locked-");
        File.WriteAllText(Path.Combine(folder.FullName, "file"), "");
        var builder = WebApplication.CreateBuilder(Portal.Options([$"--TFT_DATA_DIR={Path.Combine(folder.FullName, "file", "data")}", NoModel, "--urls=http://127.0.0.1:0"]));
        builder.AddTftPortal();

        var line = SettingsSetup.Explain(Assert.ThrowsAny<OptionsValidationException>(builder.Build().UseTftPortal));

        Assert.StartsWith($"The state can't be kept in {Path.Combine(folder.FullName, "file", "data")}: ", line, StringComparison.Ordinal);
        Assert.EndsWith("Allowed is a folder of its own where this program may write (TFT_DATA_DIR, PERSISTENCE_FILE).", line, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_second_portal_on_the_same_folder_does_not_start()
    {
        var folder = Directory.CreateTempSubdirectory("tft-shared-");
        await using (await RunningPortal.StartAsync(NoModel, $"--TFT_DATA_DIR={folder.FullName}"))
        {
            var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => RunningPortal.StartAsync(NoModel, $"--TFT_DATA_DIR={folder.FullName}"));
            Assert.Contains("another portal that is running uses it", refused.Message, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    internal static string Record(string server, int hours = 0) => JsonSerializer.Serialize(new
    {
        records = new[] { new { timestamp = TimeProvider.System.GetUtcNow().AddHours(hours), server_name = server, mem_used_pct = 40 } },
    });
}
