using TftPortal;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;
using TftPortal.Settings;

try
{
    if (args is [KeysCommand.Word, .. var keys]) return await KeysCommand.RunAsync(keys, Console.Out, Console.Error, Portal.Options);
    if (args is [UsersCommand.Word, .. var users]) return await UsersCommand.RunAsync(users, Console.Out, Console.Error, Portal.Options);

    var builder = WebApplication.CreateBuilder(Portal.Options(args));
    builder.AddTftPortal();

    var app = builder.Build();
    app.UseTftPortal();
    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (SettingsSetup.Explain(failure) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

/// <summary>The entry point, public for tests that host it.</summary>
public partial class Program;
