using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using TftPortal.Settings;

namespace TftPortal.Tests.Settings;

public sealed class StartTests
{
    [Theory]
    [InlineData("PORT", "abc", "PORT is \"abc\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("Server:Port", "70000", "Server:Port is \"70000\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("RateLimits:FeedPerMinute", "0", "RateLimits:FeedPerMinute is \"0\"; allowed is a whole number from 1 to 1000000.")]
    [InlineData("Engine:StepSeconds", "5m", "Engine:StepSeconds is \"5m\"; allowed is a whole number from 1 to 3600.")]
    [InlineData("Engine:MaxServers", "-1", "Engine:MaxServers is \"-1\"; allowed is a whole number from 1 to 1000000.")]
    [InlineData("Agent:SelfMonitor", "yes", "Agent:SelfMonitor is \"yes\"; allowed is true or false.")]
    [InlineData("Demo:Servers", "0", "Demo:Servers is \"0\"; allowed is a whole number from 1 to 10000.")]
    [InlineData("Demo:Scenario", "Burning", "Demo:Scenario is \"Burning\"; allowed is one of Healthy, Degrading, Critical.")]
    [InlineData("TFT_DATA_DIR", " ", "TFT_DATA_DIR is \" \"; allowed is a text that is not empty.")]
    public void A_wrong_setting_is_named_with_its_value_and_what_is_allowed(string key, string value, string line) => Assert.Equal(line, FaultOf($"--{key}={value}"));

    [Theory]
    [InlineData("*")]
    [InlineData("http://localhost:8501/")]
    [InlineData("http://localhost:8501, null")]
    [InlineData("localhost:8501")]
    public void Origins_that_no_browser_sends_stop_the_start(string origins) => Assert.StartsWith("CORS_ORIGINS is \"", FaultOf($"--CORS_ORIGINS={origins}"), StringComparison.Ordinal);

    [Fact]
    public void A_profile_that_is_none_stops_the_start() => Assert.StartsWith("Intake:ProfilePatterns:mainframe is", FaultOf("--Intake:ProfilePatterns:mainframe=mf"), StringComparison.Ordinal);

    [Fact]
    public void The_folders_lie_beside_the_settings_unless_said_otherwise()
    {
        var root = Path.GetFullPath("/srv/portal");
        Assert.Equal((Path.Combine(root, "data"), Path.Combine(root, "data", "inference_rolling_window.parquet")), Folders(new()));
        Assert.Equal((Path.GetFullPath("/var/lib/tft"), Path.GetFullPath("/elsewhere/w.parquet")), Folders(new() { Folder = "/var/lib/tft", PersistenceFile = "/elsewhere/w.parquet" }));
        (string, string) Folders(DataOptions options) => PortalFolders.Resolve(root, options) is var folders ? (folders.Data, folders.StateFile) : default;
    }

    [Fact]
    public async Task A_wrong_setting_ends_the_program_with_one_line_and_no_stack()
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TftPortal.dll"), "--urls=http://127.0.0.1:0", "--RateLimits:ReadPerMinute=none"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
        })!;
        var stop = TestContext.Current.CancellationToken;
        var (error, output) = (program.StandardError.ReadToEndAsync(stop), program.StandardOutput.ReadToEndAsync(stop));
        await program.WaitForExitAsync(stop);
        Assert.Equal("RateLimits:ReadPerMinute is \"none\"; allowed is a whole number from 1 to 1000000.", (await error).TrimEnd());
        Assert.Equal("", await output);
        Assert.Equal(1, program.ExitCode);
    }

    [Theory]
    [InlineData("no json", "is not a model's contract")]
    [InlineData("{\"version\": \"x\", \"horizon_steps\": 12}", "12 ahead")]
    [InlineData("{\"version\": \"x\"}", "is not a model of this contract")]
    public void A_model_that_cannot_be_served_stops_the_start_and_names_the_setting(string contract, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("tft-model-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "model.json"), contract);
            File.WriteAllText(Path.Combine(folder.FullName, "model.onnx"), "no graph");
            var builder = WebApplication.CreateBuilder(Portal.Options([$"--Engine:ModelFolder={folder.FullName}", "--urls=http://127.0.0.1:0"]));
            builder.AddTftPortal();
            var app = builder.Build();
            var line = SettingsSetup.Explain(Assert.ThrowsAny<Exception>(app.UseTftPortal));
            Assert.StartsWith($"Engine:ModelFolder is \"{folder.FullName}\"; allowed is ", line, StringComparison.Ordinal);
            Assert.Contains(reason, line, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? FaultOf(params string[] settings)
    {
        var fault = Assert.Throws<WrongSettingException>(() => WebApplication.CreateBuilder(Portal.Options(settings)).AddTftPortal());
        return SettingsSetup.Explain(fault);
    }
}
