// A users file: who may come in, and how that is checked.
//
//     # name:realm:HA1, as `htdigest FILE media alice` writes it: MD5, or SHA-256, of "name:realm:password"
//     alice:media:4b1e9a0c1f5be6b2b1fb2d4d4d7a1f3e
//     # name:HASH, as `mkpasswd -m yescrypt` makes it (crypt(5)): for Basic alone
//     bob:$y$j9T$...
#pragma once

#include "kamaelia/util/digest.hpp"

#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia {

/// One mistake of a users file, or what makes it doubtful.
struct UsersError {
    std::size_t line = 0; ///< from 1; 0: the file as a whole
    std::string what{};   ///< what is wrong and what was expected; nothing of what stands there
};

/// Whether a password is a user's: a question, with all that answering it takes.
class PasswordCheck {
public:
    /// A crypt(5) hash costs a good part of a second by design: whoever must not wait asks in offload().
    [[nodiscard]] bool is_slow() const noexcept { return !crypt_.empty(); }
    /// What it asks about: a secret, and different for each two questions.
    [[nodiscard]] std::string_view subject() const noexcept { return pair_; }
    /// The answer. Of an unknown user it takes as long as of a known one.
    [[nodiscard]] bool operator()() const;

private:
    friend class Users;
    PasswordCheck() = default;

    std::string pair_;         ///< "user:realm:password"
    std::size_t password_ = 0; ///< where it begins there
    std::string md5_;
    std::string sha256_;
    std::string crypt_;
    bool own_ = false; ///< crypt_ is this user's, and not another's to take as long
};

class Users {
public:
    /// Reads a file's text. Empty lines, and those that begin with '#', are passed over. A user may have one
    /// line of each kind. Every line with a realm has the same. All mistakes are told at once.
    [[nodiscard]] static std::expected<Users, std::vector<UsersError>> parse(std::string_view text);

    /// That of the lines with one, else "media".
    [[nodiscard]] const std::string& realm() const noexcept { return realm_; }

    /// Whether a user has an HA1 of this kind: then Digest can be offered with it.
    [[nodiscard]] bool has(DigestAlgorithm algorithm) const;

    /// The HA1 of this kind, in small letters; nothing where there is no such user, or none of this kind.
    [[nodiscard]] const std::string* ha1(std::string_view user, DigestAlgorithm algorithm) const;

    [[nodiscard]] PasswordCheck check(std::string_view user, std::string_view password) const;

    /// What can be used but was hardly meant: nobody at all, or users who have a hash of crypt(5) alone where
    /// others have an HA1, all of them told once.
    [[nodiscard]] std::vector<UsersError> doubts() const;

    /// Those who are not in `next`, or with another line there.
    [[nodiscard]] std::vector<std::string> changed_in(const Users& next) const;

private:
    struct User {
        std::string md5{};
        std::string sha256{};
        std::string crypt{};
        std::size_t crypt_line = 0;

        /// May come in with the same passwords.
        bool operator==(const User& other) const {
            return md5 == other.md5 && sha256 == other.sha256 && crypt == other.crypt;
        }
    };

    UsersError take(std::string_view line, std::size_t number);
    UsersError take_ha1(std::string_view name, std::string_view realm, std::string_view ha1);
    UsersError take_crypt(std::string_view name, std::string_view hash, std::size_t number);
    [[nodiscard]] const User* find(std::string_view user) const;

    std::string realm_ = "media";
    bool has_realm_ = false;
    std::string decoy_; ///< the first hash of crypt(5): who has none is tried with it, to take as long
    std::map<std::string, User, std::less<>> users_;
};

} // namespace kamaelia
